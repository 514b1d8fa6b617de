import type { Component, Instant, Point, Series, SeriesQuery } from "./model.ts";
import { JUST_AFTER, Numbers } from "./order.ts";

/** One metric of one instance. A stream of it that joins later than the first began at zero. */
interface Metric {
  /** Time of the first cumulative point. */
  first: Instant | undefined;
}
/** One metric stream as it grows. Points come in order of time; one that comes too late is left out and counted. */
interface Stream {
  readonly point: Pick<Point, "component" | "instance" | "metric" | "unit" | "kind" | "attributes">;
  readonly key: string;
  /** Its place among all streams by key. */
  rank: number;
  readonly of: Metric;
  readonly at: Numbers;
  readonly value: Numbers;
  readonly count: Numbers;
  readonly arrival: Numbers;
  readonly buckets: Float64Array[];
  bounds: readonly number[] | undefined;
  /** The last cumulative state. */
  last: Pick<Point, "start" | "value" | "count" | "buckets"> | undefined;
}

/** All metric streams, as increases (counters and histograms) or levels (gauges). */
export class Streams {
  readonly #streams = new Map<string, Stream>();
  /** The same by attributes in the order in which they were sent: a stream may be sent in several. */
  readonly #asSent = new Map<string, Stream>();
  readonly #byMetric = new Map<string, Stream[]>();
  readonly #metrics = new Map<string, Metric>();
  readonly #names = new Map<Component, Map<string, Instant>>();
  #ranked = true;
  late = 0;

  add(point: Point): void {
    const stream = this.#streamOf(point);
    const { at, arrival } = stream;
    if (at.length > 0 && point.at <= at.at(at.length - 1)) {
      if (point.at < at.at(at.length - 1)) this.late += 1;
      return;
    }
    const grown = increase(stream, point);
    if (grown === undefined) return;
    at.push(point.at);
    arrival.push(point.arrival);
    stream.value.push(grown.value);
    if (point.kind !== "histogram") return;
    stream.count.push(grown.count ?? 0);
    stream.bounds ??= point.bounds;
    if (grown.buckets) stream.buckets.push(new Float64Array(grown.buckets));
  }

  /** Names of the metrics a component had sent by `now`. */
  names(component: Component, now: Instant): string[] {
    const names = this.#names.get(component) ?? new Map<string, Instant>();
    return [...names].flatMap(([name, arrival]) => (arrival <= now ? [name] : [])).sort();
  }

  find({ within, component, metric, where }: SeriesQuery, now: Instant): Series[] {
    const names = metric === undefined ? [...this.#byMetric.keys()] : [metric].flat();
    const wanted = where ? Object.entries(where) : [];
    const found: { readonly rank: number; readonly series: Series }[] = [];
    this.#rank();
    for (const name of names)
      for (const stream of this.#byMetric.get(name) ?? []) {
        const { point, rank } = stream;
        if (component !== undefined && point.component !== component) continue;
        if (!wanted.every(([key, value]) => point.attributes[key] === value)) continue;
        const series = cut(stream, within.from, within.to, now);
        if (series) found.push({ rank, series });
      }
    return found.sort((a, b) => a.rank - b.rank).map(({ series }) => series);
  }

  #streamOf(point: Point): Stream {
    const { component, instance, metric, unit, kind, attributes } = point;
    const sender = `${component}\n${metric}\n${instance}`;
    const sent = `${sender}\n${JSON.stringify(attributes)}`;
    const known = this.#asSent.get(sent);
    if (known) return known;
    const key = `${sender}\n${JSON.stringify(Object.entries(attributes).sort())}`;
    const stream = this.#streams.get(key) ?? this.#open(key, { component, instance, metric, unit, kind, attributes });
    this.#asSent.set(sent, stream);
    const names = this.#names.get(component) ?? new Map<string, Instant>();
    this.#names.set(component, names);
    if (!names.has(metric)) names.set(metric, point.arrival);
    return stream;
  }

  #open(key: string, point: Stream["point"]): Stream {
    const metric = `${point.component}\n${point.instance}\n${point.metric}`;
    const of = this.#metrics.get(metric) ?? { first: undefined };
    this.#metrics.set(metric, of);
    const numbers = { at: new Numbers(), value: new Numbers(), count: new Numbers(), arrival: new Numbers() };
    const stream: Stream = { point, key, rank: 0, of, ...numbers, buckets: [], bounds: undefined, last: undefined };
    this.#streams.set(key, stream);
    const same = this.#byMetric.get(point.metric);
    if (same) same.push(stream);
    else this.#byMetric.set(point.metric, [stream]);
    this.#ranked = false;
    return stream;
  }

  /** Orders streams by key once after new ones have joined, instead of at every question. */
  #rank(): void {
    if (this.#ranked) return;
    const ordered = [...this.#streams.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
    for (const [rank, stream] of ordered.entries()) stream.rank = rank;
    this.#ranked = true;
  }
}

type Grown = Pick<Point, "value" | "count" | "buckets">;

/** What was added since the stream's previous point; undefined when that cannot be known. */
function increase(stream: Stream, point: Point): Grown | undefined {
  if (point.kind === "gauge" || point.temporality === "delta") return point;
  const { last, of } = stream;
  stream.last = point;
  const { first } = of;
  of.first ??= point.at;
  // The first of a metric may hold the sum of hours before we listened; a stream that joins later began at zero.
  if (!last) return first !== undefined && first < point.at ? point : undefined;
  const restarted = point.start > last.start || (point.count ?? point.value) < (last.count ?? last.value);
  return restarted ? point : less(point, last);
}

function less(now: Grown, before: Grown): Grown {
  return {
    value: now.value - before.value,
    ...(now.count === undefined ? {} : { count: now.count - (before.count ?? 0) }),
    ...(now.buckets ? { buckets: now.buckets.map((value, i) => value - (before.buckets?.[i] ?? 0)) } : {}),
  };
}

function cut(stream: Stream, from: Instant, to: Instant, now: Instant): Series | undefined {
  const { point, at, value, count, bounds, buckets, arrival } = stream;
  const first = at.lowerBound(from);
  // Arrivals rise with time: what had not arrived is at the end.
  const end = Math.min(at.lowerBound(to), arrival.lowerBound(now + JUST_AFTER));
  if (end <= first) return undefined;
  const series = { ...point, at: at.view(first, end), value: value.view(first, end) };
  if (point.kind !== "histogram") return series;
  const whole = bounds && buckets.length === at.length ? { bounds, buckets: buckets.slice(first, end) } : {};
  return { ...series, count: count.view(first, end), ...whole };
}
