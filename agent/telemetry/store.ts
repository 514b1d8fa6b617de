import { virtualCallee } from "../engine/traces.ts";
import { Arrivals } from "./arrivals.ts";
import { callsIn } from "./calls.ts";
import { Heard } from "./heard.ts";
import type {
  Change,
  ClusterObject,
  Instant,
  LogQuery,
  LogRecord,
  Millis,
  Span,
  SpanQuery,
  Telemetry,
  TelemetrySink,
} from "./model.ts";
import { Streams } from "./streams.ts";

/** All telemetry of a run in memory. */
export interface Store extends TelemetrySink {
  /** What may be seen at `now()`: nothing that had not arrived by then. */
  view(now: () => Instant): Telemetry;
}
interface Books {
  readonly heard: Heard;
  readonly streams: Streams;
  readonly spans: Arrivals<Span>;
  readonly logs: Arrivals<LogRecord>;
  readonly changes: Arrivals<Change>;
  readonly objects: Arrivals<ClusterObject>;
}

export function openStore(): Store {
  const books: Books = {
    heard: new Heard(),
    streams: new Streams(),
    spans: new Arrivals(
      (span) => span.end,
      (span) => span.id,
    ),
    logs: new Arrivals(
      (log) => log.at,
      (log) => `${log.component} ${log.body}`,
    ),
    changes: new Arrivals(
      (change) => change.at,
      (change) => change.id,
    ),
    objects: new Arrivals(
      (object) => object.at,
      (object) => `${object.component} ${object.instance} ${object.reason}`,
    ),
  };
  return { ...sinkOf(books), view: (now) => viewOf(books, now) };
}

/** The last instant that OTLP can carry: 2^64 ns. */
const LAST: Instant = 2 ** 64 / 1e6;
/** A record without a time that can be is nowhere in time, and every sum of lengths would suffer from it. */
const isInstant = (at: Instant): boolean => at >= 0 && at <= LAST;

function sinkOf({ heard, streams, spans, logs, changes, objects }: Books): TelemetrySink {
  return {
    span(span) {
      if (!isInstant(span.start) || !isInstant(span.end)) return;
      spans.push(span);
      heard.note(span.component, span.instance, span.arrival);
      const callee = span.kind === "client" || span.kind === "producer" ? virtualCallee(span) : undefined;
      if (callee !== undefined) heard.noteVirtual(callee, span.arrival);
    },
    log(record) {
      if (!isInstant(record.at)) return;
      logs.push(record);
      heard.note(record.component, record.instance, record.arrival);
    },
    point(point) {
      if (!isInstant(point.at)) return;
      streams.add(point);
      heard.note(point.component, point.instance, point.arrival);
    },
    change(change) {
      if (isInstant(change.at)) changes.push(change);
    },
    object(object) {
      if (isInstant(object.at)) objects.push(object);
    },
    resource: (component, instance, attributes, arrival) => heard.describe(component, instance, attributes, arrival),
  };
}

/** Spans of an edge may end this long before or after the call they belong to. */
const AROUND: Millis = 10_000;

function viewOf({ heard, streams, spans, logs, changes, objects }: Books, clock: () => Instant): Telemetry {
  return {
    get now() {
      return clock();
    },
    components: (within) => heard.cards(within, clock()),
    metrics: (component) => streams.names(component, clock()),
    series: (query) => streams.find(query, clock()),
    spans: (query) => newest(chosen(spans, query, clock()).filter(spanFits(query)), query.limit),
    logs: (query) => newest(chosen(logs, query, clock()).filter(logFits(query)), query.limit),
    calls: (within) => {
      const wide = { from: within.from - AROUND, to: within.to + AROUND };
      return callsIn(within, spans.within(wide, clock()));
    },
    changes: (within) => changes.within(within, clock()),
    objects: ({ within, component }) =>
      objects.within(within, clock()).filter((one) => component === undefined || one.component === component),
  };
}

function chosen<T extends { readonly arrival: Instant }>(
  records: Arrivals<T>,
  { within, arrived }: Pick<SpanQuery, "within" | "arrived">,
  now: Instant,
): T[] {
  if (within === undefined) return records.arrived(arrived ?? { from: 0, to: now + 1 }, now);
  const found = records.within(within, now);
  return arrived ? found.filter((one) => one.arrival >= arrived.from && one.arrival < arrived.to) : found;
}

const newest = <T>(found: T[], limit: number | undefined): T[] =>
  limit === undefined || found.length <= limit ? found : found.slice(found.length - limit);

function spanFits({ component, kind, name, trace, failed }: SpanQuery): (span: Span) => boolean {
  return (span) =>
    (component === undefined || span.component === component) &&
    (kind === undefined || span.kind === kind) &&
    (name === undefined || span.name === name) &&
    (trace === undefined || span.trace === trace) &&
    (failed === undefined || span.failed === failed);
}

function logFits({ component, trace, severity, contains }: LogQuery): (record: LogRecord) => boolean {
  return (record) =>
    (component === undefined || record.component === component) &&
    (trace === undefined || record.trace === trace) &&
    record.severity >= (severity ?? 0) &&
    (contains === undefined || record.body.includes(contains));
}
