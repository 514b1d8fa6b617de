/** What an agent may see, and nothing else. Every source fills the same store; every agent reads the same view. */

/** Milliseconds: a length of time. */
export type Millis = number;
/** Milliseconds since 1970 UTC: a point in telemetry time. */
export type Instant = number;
/** A half-open stretch of time, `from <= t < to`. */
export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

/** A service (`service.name`), a virtual node seen only through its callers (a database, a third party), or an edge `a->b`. */
export type Component = string;
export type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface ComponentCard {
  readonly component: Component;
  /** `virtual`: it sends no telemetry of its own and is known from its callers' client spans. */
  readonly kind: "service" | "virtual";
  /** `service.instance.id` of each instance heard of. */
  readonly instances: readonly string[];
  /** Resource attributes of the newest instance (labels, owner, version, limits where the source knows them). */
  readonly attributes: Attributes;
  readonly first: Instant;
  readonly last: Instant;
}

export type SpanKind = "server" | "client" | "producer" | "consumer" | "internal";
export interface ExceptionRecord {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
}
export interface Span {
  readonly trace: string;
  readonly id: string;
  readonly parent?: string;
  readonly component: Component;
  readonly instance: string;
  readonly name: string;
  readonly kind: SpanKind;
  /** Start and end in ms with fractions. */
  readonly start: Instant;
  readonly end: Instant;
  /** Span status is Error. */
  readonly failed: boolean;
  readonly attributes: Attributes;
  readonly exceptions: readonly ExceptionRecord[];
  /** When the receiver got it: a record is visible only after its arrival. */
  readonly arrival: Instant;
}
export interface LogRecord {
  readonly at: Instant;
  readonly component: Component;
  readonly instance: string;
  /** OpenTelemetry severity number: 9 INFO, 13 WARN, 17 ERROR. */
  readonly severity: number;
  readonly body: string;
  readonly trace?: string;
  readonly span?: string;
  readonly exception?: ExceptionRecord;
  readonly attributes: Attributes;
  readonly arrival: Instant;
}
/**
 * One metric stream of one instance. Counters and histograms come as increases since the previous point (resets
 * handled), gauges as they are. For a histogram `value` is the increase of the sum, `count` the increase of the count.
 */
export interface Series {
  readonly component: Component;
  readonly instance: string;
  readonly metric: string;
  /** UCUM as declared by the SDK (`s`, `By`, `1`, `{thread}`), empty if unknown. Read it, never guess. */
  readonly unit: string;
  readonly kind: "gauge" | "counter" | "histogram";
  readonly attributes: Attributes;
  readonly at: Float64Array;
  readonly value: Float64Array;
  readonly count?: Float64Array;
  /** Upper bounds of the explicit buckets; `buckets[i]` belongs to point i and has one entry more than `bounds`. */
  readonly bounds?: readonly number[];
  readonly buckets?: readonly Float64Array[];
}
/** Calls of one edge in a window, from client spans joined with their server spans. Seconds are totals. */
export interface Call {
  readonly caller: Component;
  readonly callee: Component;
  readonly sync: boolean;
  readonly count: number;
  readonly failed: number;
  readonly clientSeconds: number;
  readonly serverSeconds: number;
  /** Calls whose server span has not been seen (a virtual callee never has one and counts none). */
  readonly unanswered: number;
}
/** A change that the platform announced: a release, a configuration change, a job. */
export interface Change {
  readonly id: string;
  readonly at: Instant;
  readonly component: Component;
  readonly kind: "deploy" | "config" | "job" | "scale";
  readonly summary: string;
  readonly before?: string;
  readonly after?: string;
  readonly status: "succeeded" | "failed";
  readonly arrival: Instant;
}
/** What the platform says of one object: an instance started, exited, restarted; on a cluster also pods, nodes, events. */
export interface ClusterObject {
  readonly at: Instant;
  readonly component: Component;
  readonly instance: string;
  readonly kind: string;
  /** For example `started`, `exited`, `restarted`, `OOMKilled`. */
  readonly reason: string;
  readonly attributes: Attributes;
  readonly arrival: Instant;
}

export interface SeriesQuery {
  readonly within: Window;
  readonly component?: Component;
  /** Exact metric name, or several. */
  readonly metric?: string | readonly string[];
  /** Attributes that must be equal. */
  readonly where?: Attributes;
}
export interface SpanQuery {
  /** By the end of the span. */
  readonly within?: Window;
  /** By arrival: what has become visible between two ticks. */
  readonly arrived?: Window;
  readonly component?: Component;
  readonly kind?: SpanKind;
  readonly name?: string;
  readonly trace?: string;
  readonly failed?: boolean;
  /** At most so many, the newest last. */
  readonly limit?: number;
}
export interface LogQuery {
  readonly within?: Window;
  readonly arrived?: Window;
  readonly component?: Component;
  readonly trace?: string;
  /** At least this severity number. */
  readonly severity?: number;
  /** Substring of the body. */
  readonly contains?: string;
  readonly limit?: number;
}
export interface ObjectQuery {
  readonly within: Window;
  readonly component?: Component;
}

/**
 * The view an agent reads. It never shows a record that had not arrived by `now`; windows past `now` are clamped. All
 * answers have a total order: time, then id.
 */
export interface Telemetry {
  readonly now: Instant;
  components(within: Window): readonly ComponentCard[];
  /** Names of the metrics a component has sent, sorted. */
  metrics(component: Component): readonly string[];
  series(query: SeriesQuery): readonly Series[];
  spans(query: SpanQuery): readonly Span[];
  logs(query: LogQuery): readonly LogRecord[];
  calls(within: Window): readonly Call[];
  changes(within: Window): readonly Change[];
  objects(query: ObjectQuery): readonly ClusterObject[];
}

/** Where sources put what they receive. Records enter in order of arrival. */
export interface TelemetrySink {
  span(span: Span): void;
  log(record: LogRecord): void;
  /** One point as sent: cumulative or delta, with its start; the store turns it into increases. */
  point(point: Point): void;
  change(change: Change): void;
  object(object: ClusterObject): void;
  /** Resource attributes of an instance. */
  resource(component: Component, instance: string, attributes: Attributes, arrival: Instant): void;
}
export interface Point {
  readonly component: Component;
  readonly instance: string;
  readonly metric: string;
  readonly unit: string;
  readonly kind: "gauge" | "counter" | "histogram";
  readonly temporality: "cumulative" | "delta";
  readonly attributes: Attributes;
  readonly at: Instant;
  /** Start of the accumulation, ms; 0 if unknown. */
  readonly start: Instant;
  readonly value: number;
  readonly count?: number;
  readonly bounds?: readonly number[];
  readonly buckets?: readonly number[];
  readonly arrival: Instant;
}
