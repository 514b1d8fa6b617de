import type { Query } from "../../agent/investigation.ts";
import type { Call, Span, SpanQuery, Telemetry, Window } from "../../agent/telemetry/model.ts";
import { quantile } from "../stats/quantile.ts";
import { type Reading, seriesFigures } from "./series.ts";

const MINUTE = 60_000;

/** Asks a query of telemetry, in another window if one is given. `unit`: `ms` times, `1` shares and counts, else as sent. */
export function readingOf(query: Query, unit: string, seen: Telemetry, within = query.within): Reading {
  const window = within ?? { from: seen.now - MINUTE, to: seen.now };
  switch (query.ask) {
    case "spans": {
      const { ask: _, ...asked } = query;
      return ofSpans({ ...asked, ...(within ? { within } : {}) }, window, unit, seen);
    }
    case "series":
      return seriesFigures(seen.series({ ...query, within: window }), window, unit);
    case "logs":
      return counted(seen.logs({ ...query, ...(within ? { within } : {}) }).length, window, rootsIn(window, seen));
    case "calls":
      return ofCalls(seen.calls(window).filter(fits(query)), unit, rootsIn(window, seen));
    case "changes":
      return counted(seen.changes(window).filter(fits(query)).length, window, 0);
    case "objects":
      return counted(seen.objects({ ...query, within: window }).length, window, 0);
  }
}

type Of = { readonly component?: string; readonly caller?: string; readonly callee?: string };
/** Equal in every one of these that the query names. */
function fits({ component, caller, callee }: Of): (one: Of) => boolean {
  return (one) =>
    (component === undefined || one.component === component) &&
    (caller === undefined || one.caller === caller) &&
    (callee === undefined || one.callee === callee);
}

function ofSpans(query: SpanQuery, window: Window, unit: string, seen: Telemetry): Reading {
  const spans = seen.spans(query);
  if (unit === "ms") {
    const whole = spans.map(({ start, end }) => end - start);
    const own = ownTimes(spans, seen, window);
    return { records: spans.length, main: mean(whole), figures: [...usual(whole), ...usual(own)] };
  }
  const { failed: _, ...any } = query;
  const all = seen.spans(any);
  const failing = spans.filter((one) => one.failed).length;
  const share = failing / Math.max(1, all.length);
  const perCall = shares(spans, all);
  const rate = counted(spans.length, window, 0);
  return {
    records: spans.length,
    main: query.failed === true || failing > 0 ? share : rate.main,
    figures: [share, ...perCall, ...rate.figures],
  };
}

/** Failing share of each kind of span and of each operation. */
function shares(spans: readonly Span[], all: readonly Span[]): number[] {
  const keys = [({ kind }: Span) => kind, ({ kind, name }: Span) => `${kind} ${name}`];
  return keys.flatMap((key) => {
    const failing = Map.groupBy(
      spans.filter((one) => one.failed),
      key,
    );
    const whole = Map.groupBy(all, key);
    return [...failing].map(([group, own]) => own.length / (whole.get(group)?.length ?? own.length));
  });
}

/** Durations less the time that direct calls took, ms. */
function ownTimes(spans: readonly Span[], seen: Telemetry, within: Window): number[] {
  const [first] = spans;
  if (first === undefined) return [];
  const below = new Map<string, number>();
  for (const { parent, start, end } of seen.spans({ within, component: first.component }))
    if (parent !== undefined) below.set(parent, (below.get(parent) ?? 0) + end - start);
  return spans.map(({ id, start, end }) => Math.max(0, end - start - (below.get(id) ?? 0)));
}

function ofCalls(calls: readonly Call[], unit: string, roots: number): Reading {
  const sum = (of: (call: Call) => number): number => calls.reduce((total, call) => total + of(call), 0);
  const count = sum((call) => call.count);
  if (count === 0) return { records: 0, main: null, figures: [] };
  const client = (1_000 * sum((call) => call.clientSeconds)) / count;
  const gap = client - (1_000 * sum((call) => call.serverSeconds)) / count;
  if (unit === "ms") return { records: count, main: client, figures: [client, gap] };
  const each = count / Math.max(1, roots);
  return { records: count, main: each, figures: [each, count, sum((call) => call.failed) / count] };
}

/** Requests of users: server spans that nobody in the telemetry called. */
function rootsIn(within: Window, seen: Telemetry): number {
  const spans = seen.spans({ within });
  const ids = new Set(spans.map(({ id }) => id));
  return spans.filter(({ kind, parent }) => kind === "server" && (parent === undefined || !ids.has(parent))).length;
}

function counted(records: number, { from, to }: Window, roots: number): Reading {
  const rate = records / Math.max(1, (to - from) / 1_000);
  return { records, main: rate, figures: [records, rate, ...(roots > 0 ? [records / roots] : [])] };
}

function usual(values: readonly number[]): number[] {
  const average = mean(values);
  return average === null ? [] : [average, ...[0.5, 0.75, 0.9, 0.95, 0.99].map((p) => quantile(values, p))];
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length;
}
