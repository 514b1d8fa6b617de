import type { Attributes, Component, Instant, Series, Telemetry } from "../telemetry/model.ts";
import { BIN, type Bin, binOf, METRIC_DELAY } from "./bins.ts";
import { CATALOGUE, METRICS, type Resource, toEngine } from "./catalogue.ts";
import { type Normal, robust } from "./robust.ts";

/** One resource of one component, a value for each bin that had a point. */
export interface Track {
  readonly component: Component;
  readonly resource: Resource;
  /** The metric that was read. */
  readonly metric: string;
  readonly bins: Bin[];
  readonly values: number[];
}
/** All tracks, filled bin by bin. Owned by its fold and changed in place. */
export interface Readings {
  readonly tracks: Map<string, Track>;
  /** When a counter's previous point was, by stream. */
  readonly previous: Map<string, Instant>;
  closed: Bin;
}
export const emptyReadings = (): Readings => ({ tracks: new Map(), previous: new Map(), closed: 0 });
export const trackKey = (component: Component, resource: string) => `${component}\n${resource}`;

/** Bins kept: 10 minutes of history and an incident. */
const KEPT = 240;

/** Reads all bins whose metrics are in by `now`; returns them. */
export function addReadings(
  readings: Readings,
  telemetry: Telemetry,
  now: Instant,
  first: Bin | undefined,
): readonly Bin[] {
  if (first === undefined) return [];
  const until = binOf(now - METRIC_DELAY);
  const bins: Bin[] = [];
  for (let bin = Math.max(readings.closed, first); bin < until; bin++) {
    const within = { from: bin * BIN, to: (bin + 1) * BIN };
    addBin(readings, bin, telemetry.series({ within, metric: METRICS }));
    bins.push(bin);
  }
  readings.closed = Math.max(readings.closed, until);
  return bins;
}

function addBin(readings: Readings, bin: Bin, series: readonly Series[]): void {
  const elapsed = new Map<Series, number>();
  for (const one of series) elapsed.set(one, elapse(readings, one));
  for (const [component, own] of Map.groupBy(series, (one) => one.component)) {
    const byMetric = Map.groupBy(own, (one) => one.metric);
    for (const resource of CATALOGUE) {
      const metric = resource.metrics.find((name) => byMetric.has(name));
      const chosen = (byMetric.get(metric ?? "") ?? []).filter((one) => fits(one.attributes, resource.where));
      const value = metric && chosen.length > 0 ? read(resource, chosen, elapsed) : undefined;
      if (metric && value !== undefined) append(readings, component, resource, metric, bin, value);
    }
  }
}

/** Seconds between the last point before this bin and the last one in it; one bin when there was none before. */
function elapse(readings: Readings, one: Series): number {
  const key = `${one.component}\n${one.instance}\n${one.metric}\n${textOf(one.attributes)}`;
  const last = one.at.at(-1);
  if (last === undefined) return 0;
  const before = readings.previous.get(key);
  readings.previous.set(key, last);
  return (before === undefined || last <= before ? BIN : last - before) / 1000;
}

/** A stream comes with the same attributes at every bin. */
function textOf(attributes: Attributes): string {
  const text = texts.get(attributes) ?? JSON.stringify(attributes);
  texts.set(attributes, text);
  return text;
}
const texts = new WeakMap<Attributes, string>();

function read(resource: Resource, series: readonly Series[], elapsed: ReadonlyMap<Series, number>): number | undefined {
  const totals = series.map((one) => ({
    value: total(one.value) * toEngine(one.unit),
    points: one.value.length,
    count: one.count ? total(one.count) : 0,
    elapsed: elapsed.get(one) ?? 0,
  }));
  const points = totals.filter((one) => one.points > 0);
  if (points.length === 0) return undefined;
  switch (resource.reading) {
    case "level":
      return add(points.map((one) => one.value / one.points));
    case "peak":
      return points.reduce((most, one) => Math.max(most, one.value / one.points), Number.NEGATIVE_INFINITY);
    case "per-second":
      return add(points.map((one) => (one.elapsed > 0 ? one.value / one.elapsed : 0)));
    case "mean": {
      if (series.every((one) => one.kind === "gauge")) return add(points.map((one) => one.value / one.points));
      const count = add(points.map((one) => one.count));
      return count > 0 ? add(points.map((one) => one.value)) / count : undefined;
    }
  }
}

function append(
  readings: Readings,
  component: Component,
  resource: Resource,
  metric: string,
  bin: Bin,
  value: number,
): void {
  const key = trackKey(component, resource.name);
  let track = readings.tracks.get(key);
  if (!track) {
    track = { component, resource, metric, bins: [], values: [] };
    readings.tracks.set(key, track);
  }
  if (track.bins.length >= KEPT) {
    track.bins.shift();
    track.values.shift();
  }
  track.bins.push(bin);
  track.values.push(value);
}

const add = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const total = (values: Float64Array) => values.reduce((a, b) => a + b, 0);

function fits(attributes: Attributes, where: Attributes | undefined): boolean {
  if (!where) return true;
  return Object.entries(where).every(([key, value]) => attributeOf(attributes, key) === value);
}

/** Old names of the two attributes that tell the parts of a pool. */
function attributeOf(attributes: Attributes, key: string) {
  if (attributes[key] !== undefined) return attributes[key];
  if (key === "db.client.connection.state") return attributes["state"];
  return key === "http.connection.state" ? attributes["state"] : undefined;
}

/** Values of a track in a range of bins, `from` included, `to` not. */
export function valuesIn(track: Track | undefined, from: Bin, to: Bin): readonly number[] {
  if (!track) return [];
  return track.values.filter((_, i) => (track.bins[i] ?? -1) >= from && (track.bins[i] ?? -1) < to);
}

/** Values of a track in the history. */
export function historyOf(track: Track, history: readonly Bin[]): readonly number[] {
  const first = history[0] ?? 0;
  const last = history.at(-1) ?? -1;
  return valuesIn(track, first, last + 1);
}

export function normalOf(track: Track, history: readonly Bin[]): Normal | undefined {
  const values = historyOf(track, history);
  return values.length >= 6 ? robust(values, track.resource.floor, track.resource.relative) : undefined;
}
