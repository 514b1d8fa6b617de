import type { Component, Instant, Point, Series, SeriesQuery } from "./model.ts";
import { JUST_AFTER, Numbers } from "./order.ts";

/** One metric stream as it grows. Points come in order of time; one that comes too late is left out and counted. */
interface Stream {
  readonly point: Pick<Point, "component" | "instance" | "metric" | "unit" | "kind" | "attributes">;
  readonly key: string;
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
  readonly #byMetric = new Map<string, Stream[]>();
  /** When a metric of an instance was first heard: a stream that joins later began at zero. */
  readonly #metrics = new Map<string, Instant>();
  readonly #names = new Map<Component, Map<string, Instant>>();
  late = 0;

  add(point: Point): void {
    const stream = this.#streamOf(point);
    const { at, arrival } = stream;
    if (at.length > 0 && point.at <= at.at(at.length - 1)) {
      if (point.at < at.at(at.length - 1)) this.late += 1;
      return;
    }
    const grown = this.#increase(stream, point);
    if (grown === undefined) return;
    at.push(point.at);
    arrival.push(point.arrival);
    stream.value.push(grown.value);
    if (point.kind !== "histogram") return;
    stream.count.push(grown.count ?? 0);
    stream.bounds ??= point.bounds;
    if (grown.buckets) stream.buckets.push(Float64Array.from(grown.buckets));
  }

  /** Names of the metrics a component had sent by `now`. */
  names(component: Component, now: Instant): string[] {
    const names = this.#names.get(component) ?? new Map<string, Instant>();
    return [...names].flatMap(([name, arrival]) => (arrival <= now ? [name] : [])).sort();
  }

  find({ within, component, metric, where }: SeriesQuery, now: Instant): Series[] {
    const names = metric === undefined ? [...this.#byMetric.keys()] : [metric].flat();
    const found: [string, Series][] = [];
    for (const name of names)
      for (const stream of this.#byMetric.get(name) ?? []) {
        const { point } = stream;
        if (component !== undefined && point.component !== component) continue;
        if (where && !Object.entries(where).every(([key, value]) => point.attributes[key] === value)) continue;
        const series = cut(stream, within.from, within.to, now);
        if (series) found.push([stream.key, series]);
      }
    return found.sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, series]) => series);
  }

  #streamOf(point: Point): Stream {
    const { component, instance, metric, unit, kind, attributes } = point;
    const key = `${component}\n${metric}\n${instance}\n${JSON.stringify(Object.entries(attributes).sort())}`;
    let stream = this.#streams.get(key);
    if (stream) return stream;
    const numbers = { at: new Numbers(), value: new Numbers(), count: new Numbers(), arrival: new Numbers() };
    const who = { component, instance, metric, unit, kind, attributes };
    stream = { point: who, key, ...numbers, buckets: [], bounds: undefined, last: undefined };
    this.#streams.set(key, stream);
    const same = this.#byMetric.get(metric);
    if (same) same.push(stream);
    else this.#byMetric.set(metric, [stream]);
    const names = this.#names.get(component) ?? new Map<string, Instant>();
    this.#names.set(component, names);
    if (!names.has(metric)) names.set(metric, point.arrival);
    return stream;
  }

  /** What was added since the stream's previous point; undefined when that cannot be known. */
  #increase(stream: Stream, point: Point): Pick<Point, "value" | "count" | "buckets"> | undefined {
    if (point.kind === "gauge" || point.temporality === "delta") return point;
    const { last } = stream;
    stream.last = point;
    const metric = `${point.component}\n${point.instance}\n${point.metric}`;
    const first = this.#metrics.get(metric);
    if (first === undefined) this.#metrics.set(metric, point.at);
    // The first of a metric may hold the sum of hours before we listened; a stream that joins later began at zero.
    if (!last) return first !== undefined && first < point.at ? point : undefined;
    const restarted = point.start > last.start || (point.count ?? point.value) < (last.count ?? last.value);
    return restarted ? point : less(point, last);
  }
}

type Grown = Pick<Point, "value" | "count" | "buckets">;
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
