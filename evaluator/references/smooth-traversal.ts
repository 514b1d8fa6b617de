import { mean, standardDeviation } from "simple-statistics";
import type { Component } from "../../agent/telemetry/model.ts";
import type { Edge } from "../archive/writer.ts";
import { type Ranking, rankedBy } from "./ranking.ts";
import type { SeriesOf } from "./series-deviation.ts";

export interface Moment {
  /** Where users enter. */
  readonly target: Component;
  readonly edges: readonly Edge[];
  readonly normal: SeriesOf;
  /** One value of each component, at the alarm. */
  readonly now: ReadonlyMap<Component, number>;
}
/** Fewest normal values of a series. */
const FEWEST = 10;

/**
 * Smooth traversal (Orchard et al., arXiv 2406.05014): components that can be reached from the target, by how much
 * more anomalous each is than its most anomalous callee: max(0, min(z(v) - z(c))), a leaf by z(v); z = |x - mean| / std.
 */
export function smoothTraversal({ target, edges, normal, now }: Moment): Ranking {
  const callees = Map.groupBy(
    edges.filter(({ caller, callee }) => caller !== callee),
    ({ caller }) => caller,
  );
  const z = (component: Component): number => deviationOf(now.get(component), normal.get(component) ?? []);
  const scores = new Map<Component, number>();
  for (const component of reachable(target, callees)) {
    const below = (callees.get(component) ?? []).map(({ callee }) => z(component) - z(callee));
    scores.set(component, below.length > 0 ? Math.max(0, Math.min(...below)) : z(component));
  }
  return rankedBy(new Map([...scores].filter(([, score]) => score > 0)));
}

export function reachable(from: Component, callees: ReadonlyMap<Component, readonly Edge[]>): ReadonlySet<Component> {
  const seen = new Set([from]);
  for (const at of seen) for (const { callee } of callees.get(at) ?? []) seen.add(callee);
  return seen;
}

function deviationOf(x: number | undefined, values: readonly number[]): number {
  const usual = values.filter(Number.isFinite);
  if (x === undefined || !Number.isFinite(x) || usual.length < FEWEST) return 0;
  const spread = standardDeviation(usual);
  return Math.abs(x - mean(usual)) / (spread || 1);
}
