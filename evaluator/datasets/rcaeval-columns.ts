import { isFailed } from "../../agent/engine/bins.ts";
import { CATALOGUE, toEngine } from "../../agent/engine/catalogue.ts";
import { isEntered } from "../../agent/engine/traces.ts";
import type { Component, Instant, Series, Telemetry } from "../../agent/telemetry/model.ts";

/** Seconds from `start`, one value each; undefined where nothing is known. */
export type Column = readonly (number | undefined)[];

const SECOND = 1_000;
/** Read as levels where a component sends them: what imported sets have. */
const LEVELS = { cpu: ["k8s.pod.cpu.usage"], memory: ["k8s.pod.memory.usage"] } as const;

/** `load`, `latency` and `error` from spans, `cpu` and `mem` from metrics: columns that hold nothing are left out. */
export function columnsOf(
  telemetry: Telemetry,
  component: Component,
  start: Instant,
  seconds: number,
): ReadonlyMap<string, Column> {
  const columns = new Map([
    ...requestColumns(telemetry, component, start, seconds),
    ["cpu", resource(telemetry, component, "cpu", start, seconds)],
    ["mem", resource(telemetry, component, "memory", start, seconds)],
  ] as const);
  return new Map([...columns].filter(([, column]) => column.some((value) => value !== undefined)));
}

/** Requests and failed requests a second; the mean of those that ended in it, in seconds. */
function requestColumns(
  telemetry: Telemetry,
  component: Component,
  start: Instant,
  seconds: number,
): readonly (readonly [string, Column])[] {
  const within = { from: start, to: start + seconds * SECOND };
  const entered = telemetry.spans({ within, component }).filter(isEntered);
  if (entered.length === 0) return [];
  const load = Array.from({ length: seconds }, () => 0);
  const error = load.slice();
  const total = load.slice();
  for (const span of entered) {
    const at = Math.floor((span.end - start) / SECOND);
    load[at] = (load[at] ?? 0) + 1;
    total[at] = (total[at] ?? 0) + (span.end - span.start) / SECOND;
    if (isFailed(span)) error[at] = (error[at] ?? 0) + 1;
  }
  const latency = load.map((count, at) => (count === 0 ? undefined : (total[at] ?? 0) / count));
  return [
    ["load", load],
    ["latency", latency],
    ["error", error],
  ];
}

/** A resource, held from point to point and summed over streams: the first metric for it that the component sends. */
function resource(
  telemetry: Telemetry,
  component: Component,
  name: keyof typeof LEVELS,
  start: Instant,
  seconds: number,
): Column {
  const known = CATALOGUE.find((one) => one.name === name)?.metrics ?? [];
  const sent = new Set(telemetry.metrics(component));
  const metric = [...known, ...LEVELS[name]].find((one) => sent.has(one));
  const column: (number | undefined)[] = Array.from({ length: seconds }, () => undefined);
  if (metric === undefined) return column;
  const within = { from: 0, to: start + seconds * SECOND };
  for (const series of telemetry.series({ within, component, metric })) add(column, series, start);
  return column;
}

function add(column: (number | undefined)[], series: Series, start: Instant): void {
  const factor = toEngine(series.unit);
  for (const [i, at] of series.at.entries()) {
    const value = (series.value[i] ?? 0) * factor;
    const before = series.at[i - 1];
    const next = series.at[i + 1];
    if (series.kind === "gauge") {
      fill(column, start, at, next ?? Number.POSITIVE_INFINITY, value);
    } else if (before !== undefined) {
      // What was used since the point before was used evenly.
      fill(column, start, before, at, value / ((at - before) / SECOND));
    }
  }
}

function fill(column: (number | undefined)[], start: Instant, from: Instant, to: Instant, value: number): void {
  const first = Math.max(0, Math.ceil((from - start) / SECOND));
  const last = Math.min(column.length, Math.ceil((to - start) / SECOND));
  for (let at = first; at < last; at++) column[at] = (column[at] ?? 0) + value;
}
