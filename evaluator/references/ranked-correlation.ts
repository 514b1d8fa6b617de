import jstat from "jstat";
import { sampleCorrelation } from "simple-statistics";
import type { Component } from "../../agent/telemetry/model.ts";
import { quantile } from "../stats/quantile.ts";
import { type Ranking, rankedBy } from "./ranking.ts";
import type { SeriesOf } from "./series-deviation.ts";

export interface Correlated {
  readonly target: Component;
  readonly normal: SeriesOf;
  readonly incident: SeriesOf;
  /** Row of the alarm in `incident`. */
  readonly row: number;
}
const FEWEST = 10;
const THRESHOLD = 5;
const MAD_SCALE = 1.4826;
/** So many are named. */
const NAMED = 3;

/**
 * The ranked correlation published with PetShop (arXiv 2311.04806): components that deviate by more than five scaled
 * MADs at the alarm, by the p-value of Pearson's correlation with the alarming series in the incident; without the
 * target itself, three at most.
 */
export function rankedCorrelation({ target, normal, incident, row }: Correlated): Ranking {
  const alarming = incident.get(target) ?? [];
  const scores = new Map<Component, number>();
  for (const [component, values] of incident)
    if (component !== target && deviates(values[row], normal.get(component) ?? []))
      scores.set(component, -significance(values, alarming));
  const kept: (readonly Component[])[] = [];
  for (const group of rankedBy(scores)) {
    if (kept.flat().length >= NAMED) break;
    kept.push(group);
  }
  return kept;
}

function deviates(x: number | undefined, values: readonly number[]): boolean {
  const usual = values.filter(Number.isFinite);
  if (x === undefined || !Number.isFinite(x) || usual.length < FEWEST) return false;
  const middle = quantile(usual, 0.5);
  const off = usual.map((value) => Math.abs(value - middle));
  return Math.abs(x - middle) > THRESHOLD * MAD_SCALE * quantile(off, 0.5);
}

/** Two-sided p of Pearson's r by the t distribution; 1 where there is nothing to compare. */
export function significance(a: readonly number[], b: readonly number[]): number {
  const pairs = a.flatMap((x, i) => (Number.isFinite(x) && Number.isFinite(b[i]) ? [[x, b[i] ?? 0] as const] : []));
  const n = pairs.length;
  if (n < 3) return 1;
  const [xs, ys] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
  if (xs.every((x) => x === xs[0]) || ys.every((y) => y === ys[0])) return 1;
  const r = Math.min(1, Math.abs(sampleCorrelation(xs, ys)));
  if (r >= 1) return 0;
  return 2 * (1 - jstat.studentt.cdf(r * Math.sqrt((n - 2) / (1 - r ** 2)), n - 2));
}
