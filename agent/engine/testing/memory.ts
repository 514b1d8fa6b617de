import type {
  Call,
  Change,
  ClusterObject,
  ComponentCard,
  Instant,
  LogRecord,
  Series,
  Span,
  Telemetry,
  Window,
} from "../../telemetry/model.ts";

/** All that a town has sent; points carry their arrival in `arrivals`. */
export interface Recording {
  readonly spans: Span[];
  readonly logs: LogRecord[];
  readonly series: (Series & { readonly arrivals: Float64Array })[];
  readonly changes: Change[];
  readonly objects: ClusterObject[];
  readonly from: Instant;
  readonly to: Instant;
}

const inside = (at: Instant, window: Window | undefined) => !window || (at >= window.from && at < window.to);

/** The plainest view over a recording: filters, and nothing that has not arrived by `clock()`. */
export function viewOf(recording: Recording, clock: () => Instant): Telemetry {
  const spans = recording.spans.toSorted((a, b) => a.arrival - b.arrival);
  const logs = recording.logs.toSorted((a, b) => a.arrival - b.arrival);
  const upTo = <T extends { readonly arrival: number }>(all: readonly T[], window?: Window): readonly T[] => {
    const until = Math.min(clock() + 1e-6, window?.to ?? Number.POSITIVE_INFINITY);
    return all.slice(bound(all, window?.from ?? 0), bound(all, until));
  };
  const last = <T>(found: T[], limit: number | undefined) => (limit === undefined ? found : found.slice(-limit));
  return {
    get now() {
      return clock();
    },
    components: () =>
      [...new Set(spans.map((span) => span.component))].map(
        (component): ComponentCard => ({
          component,
          kind: "service",
          instances: [],
          attributes: {},
          first: recording.from,
          last: clock(),
        }),
      ),
    metrics: (component) =>
      [...new Set(recording.series.filter((one) => one.component === component).map((one) => one.metric))].sort(),
    series: ({ within, component, metric, where }) =>
      recording.series.flatMap((one) => {
        if (component !== undefined && one.component !== component) return [];
        if (metric !== undefined && !(typeof metric === "string" ? [metric] : metric).includes(one.metric)) return [];
        if (where && !Object.entries(where).every(([key, value]) => one.attributes[key] === value)) return [];
        const kept = [...one.at.keys()].filter(
          (i) => inside(one.at[i] ?? 0, within) && (one.arrivals[i] ?? 0) <= clock(),
        );
        if (kept.length === 0) return [];
        const pick = (of: Float64Array) => Float64Array.from(kept, (i) => of[i] ?? 0);
        return [{ ...one, at: pick(one.at), value: pick(one.value), ...(one.count ? { count: pick(one.count) } : {}) }];
      }),
    spans: (q) =>
      last(
        upTo(spans, q.arrived).filter(
          (span) =>
            inside(span.end, q.within) &&
            (q.component === undefined || span.component === q.component) &&
            (q.kind === undefined || span.kind === q.kind) &&
            (q.name === undefined || span.name === q.name) &&
            (q.trace === undefined || span.trace === q.trace) &&
            (q.failed === undefined || span.failed === q.failed),
        ),
        q.limit,
      ),
    logs: (q) =>
      last(
        upTo(logs, q.arrived).filter(
          (line) =>
            inside(line.at, q.within) &&
            (q.component === undefined || line.component === q.component) &&
            (q.trace === undefined || line.trace === q.trace) &&
            line.severity >= (q.severity ?? 0) &&
            (q.contains === undefined || line.body.includes(q.contains)),
        ),
        q.limit,
      ),
    calls: (): readonly Call[] => [],
    changes: (window) => recording.changes.filter((one) => inside(one.at, window) && one.arrival <= clock()),
    objects: ({ within, component }) =>
      recording.objects.filter(
        (one) =>
          inside(one.at, within) && one.arrival <= clock() && (component === undefined || one.component === component),
      ),
  };
}

function bound(all: readonly { readonly arrival: number }[], at: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.arrival ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
