import { median, robust, score } from "../../agent/engine/robust.ts";
import type { Component, Instant, Millis } from "../../agent/telemetry/model.ts";
import { numberIn } from "../datasets/csv.ts";
import type { Metrics, Row } from "../datasets/nezha-metrics.ts";
import type { SeriesOf } from "../references/series-deviation.ts";

const MINUTE: Millis = 60_000;
const BEFORE: Millis = 30 * MINUTE;
/** A fault lasts three minutes; its first half minute is not yet all of it. D2. */
const LASTS: Millis = 3 * MINUTE;
const SETTLES: Millis = MINUTE / 2;

/** Channels C and M: column, smallest scale in its unit (5 points of the limit for 60 s samples; 10 MB), share of the level. */
const RESOURCES = [
  { channel: "C", column: "CpuUsageRate(%)", floor: 5, relative: 0.02 },
  { channel: "M", column: "MemoryUsage(Mi)", floor: 10, relative: 0.02 },
] as const;

/** Robust scores of cpu and memory of each component after a moment, against the half hour before; the worst pod counts. */
export function resourcesAt(metrics: Metrics, at: Instant): ReadonlyMap<"C" | "M", ReadonlyMap<Component, number>> {
  return new Map(
    RESOURCES.map(({ channel, column, floor, relative }) => {
      const found = new Map<Component, number>();
      for (const [, rows] of podsOf(metrics)) {
        const component = rows[0]?.component ?? "";
        const now = valuesIn(rows, column, at + SETTLES, at + LASTS);
        const history = valuesIn(rows, column, at - BEFORE, at);
        if (now.length === 0 || history.length === 0) continue;
        const z = Math.max(0, score(median(now), robust(history, floor, relative)));
        found.set(component, Math.max(found.get(component) ?? 0, z));
      }
      return [channel, found] as const;
    }),
  );
}

/** Series for the simple statistics, each named `component, pod, column`. */
export interface Table {
  readonly normal: SeriesOf;
  readonly incident: SeriesOf;
}
export const SEPARATOR = "\n";
const NOT_MEASURED: ReadonlySet<string> = new Set(["Time", "TimeStamp", "PodName", "ServiceName"]);

export function allSeries(metrics: Metrics, at: Instant): Table {
  const [normal, incident] = [new Map<string, readonly number[]>(), new Map<string, readonly number[]>()];
  for (const [pod, rows] of podsOf(metrics))
    for (const column of Object.keys(rows[0]?.cells ?? {})) {
      if (NOT_MEASURED.has(column)) continue;
      const name = [rows[0]?.component, pod, column].join(SEPARATOR);
      normal.set(name, valuesIn(rows, column, at - BEFORE, at));
      incident.set(name, valuesIn(rows, column, at, at + LASTS));
    }
  return { normal, incident };
}

/** One series a component for what walks the graph: how long its pods take to answer. The slowest pod of a minute counts. */
export function latencies(metrics: Metrics, at: Instant): Table {
  const [normal, incident] = [new Map<Component, readonly number[]>(), new Map<Component, readonly number[]>()];
  for (const [component, rows] of Map.groupBy(metrics.rows, (row) => row.component)) {
    const column = LATENCY.find((one) => rows.some(({ cells }) => Number.isFinite(numberIn(cells[one]))));
    if (column === undefined) continue;
    normal.set(component, slowest(rows, column, at - BEFORE, at - ROWS_BEFORE));
    // The published traversal looks from the third row on.
    incident.set(component, slowest(rows, column, at - ROWS_BEFORE, at + LASTS));
  }
  return { normal, incident };
}
const LATENCY = ["PodServerLatencyP95(s)", "LatencyP95(s)"] as const;
const ROWS_BEFORE = 2 * MINUTE;

function slowest(rows: readonly Row[], column: string, from: Instant, to: Instant): readonly number[] {
  const minutes = Map.groupBy(
    rows.filter(({ at }) => at >= from && at < to),
    ({ at }) => Math.floor(at / MINUTE),
  );
  return [...minutes]
    .toSorted(([a], [b]) => a - b)
    .map(([, own]) => {
      const measured = own.map(({ cells }) => numberIn(cells[column])).filter(Number.isFinite);
      return measured.length > 0 ? Math.max(...measured) : Number.NaN;
    });
}

const podsOf = ({ rows }: Metrics): ReadonlyMap<string, readonly Row[]> => {
  const known = pods.get(rows) ?? Map.groupBy(rows, ({ component, instance }) => instance || component);
  pods.set(rows, known);
  return known;
};
const pods = new WeakMap<readonly Row[], ReadonlyMap<string, readonly Row[]>>();

function valuesIn(rows: readonly Row[], column: string, from: Instant, to: Instant): number[] {
  return rows
    .filter(({ at }) => at >= from && at < to)
    .map(({ cells }) => numberIn(cells[column]))
    .filter(Number.isFinite);
}
