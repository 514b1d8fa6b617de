import { CATALOGUE, type Resource, toEngine, unitOf } from "../../../agent/engine/catalogue.ts";
import type { Component, Series, Telemetry, Window } from "../../../agent/telemetry/model.ts";
import type { Point } from "../charts/lines.ts";

export interface Track {
  readonly resource: Resource;
  readonly metric: string;
  readonly unit: string;
  readonly points: readonly Point[];
}
/** Two metric exports: one bin always has a point. */
const LEAST = 10_000;

/** The resources that a component tells of, by the names of the agent's catalogue. */
export function tracks(telemetry: Telemetry, component: Component, within: Window): readonly Track[] {
  const known = new Set(telemetry.metrics(component));
  return CATALOGUE.flatMap((resource) => {
    const metric = resource.metrics.find((name) => known.has(name));
    if (metric === undefined) return [];
    const series = telemetry.series({ within, component, metric }).filter((one) => fits(one, resource));
    if (series.length === 0) return [];
    return [{ resource, metric, unit: unitOf(resource), points: read(resource, series, within) }];
  });
}

function fits(series: Series, { where }: Resource): boolean {
  return Object.entries(where ?? {}).every(
    ([key, value]) => (series.attributes[key] ?? series.attributes["state"]) === value,
  );
}

function read({ reading }: Resource, series: readonly Series[], within: Window): Point[] {
  const width = Math.max(LEAST, Math.ceil((within.to - within.from) / 120 / 5_000) * 5_000);
  const count = Math.max(1, Math.floor((within.to - within.from) / width));
  const sums = series.map((one) => sum(one, within.from, width, count));
  return Array.from({ length: count }, (_, i) => {
    const own = sums.flatMap((one) => (one[i] && one[i].points > 0 ? [one[i]] : []));
    return { at: within.from + (i + 0.5) * width, value: own.length === 0 ? null : combine(own, reading, width) };
  });
}

interface Sum {
  total: number;
  count: number;
  points: number;
}
function sum(one: Series, from: number, width: number, bins: number): readonly Sum[] {
  const sums = Array.from({ length: bins }, (): Sum => ({ total: 0, count: 0, points: 0 }));
  const factor = toEngine(one.unit);
  one.at.forEach((at, i) => {
    const bin = sums[Math.floor((at - from) / width)];
    if (!bin) return;
    bin.total += (one.value[i] ?? 0) * factor;
    bin.count += one.count?.[i] ?? 0;
    bin.points += 1;
  });
  return sums;
}

const add = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

function combine(own: readonly Sum[], reading: Resource["reading"], width: number): number | null {
  switch (reading) {
    case "level":
      return add(own.map(({ total, points }) => total / points));
    case "peak":
      return Math.max(...own.map(({ total, points }) => total / points));
    case "per-second":
      return add(own.map(({ total }) => total)) / (width / 1_000);
    case "mean": {
      const count = add(own.map((one) => one.count));
      return count > 0 ? add(own.map(({ total }) => total)) / count : null;
    }
  }
}
