import { mean } from "simple-statistics";
import type { Component } from "../../agent/telemetry/model.ts";
import type { Edge } from "../archive/writer.ts";
import { quantile } from "../stats/quantile.ts";
import { type Ranking, rankedBy } from "./ranking.ts";
import type { SeriesOf } from "./series-deviation.ts";

/** What the traversal looks at: one metric of each component, before and in the incident. */
export interface Question {
  /** The component that the alert is about. */
  readonly target: Component;
  readonly edges: readonly Edge[];
  readonly normal: SeriesOf;
  readonly incident: SeriesOf;
}

/** Rows before this one are not yet looked at. */
const FIRST_ROW = 2;
/** Fewest normal values of a series. */
const FEWEST = 10;
/** A deviation is anomalous above so many scales. */
const THRESHOLD = 5;
/** Median absolute deviations in a standard deviation of the normal distribution. */
const MAD_SCALE = 1.4826;

/**
 * The baseline that was published with PetShop (arXiv 2311.04806): an anomalous component with no anomalous callee is a
 * candidate, worth the largest sum of scores along a wholly anomalous path from the target to it.
 */
export function traversal(question: Question): Ranking {
  const { target, edges } = question;
  const anomalous = anomaliesOf(question);
  const callees = Map.groupBy(edges, ({ caller }) => caller);
  const next = (component: Component): Component[] =>
    (callees.get(component) ?? []).map(({ callee }) => callee).filter((callee) => anomalous.has(callee));
  const scores = new Map<Component, number>();
  const walk = (at: Component, sum: number, path: readonly Component[]): void => {
    const further = next(at);
    if (further.length === 0 && at !== target)
      scores.set(at, Math.max(scores.get(at) ?? Number.NEGATIVE_INFINITY, sum));
    for (const callee of further)
      if (!path.includes(callee)) walk(callee, sum + (anomalous.get(callee) ?? 0), [...path, callee]);
  };
  const own = anomalous.get(target);
  if (own !== undefined) walk(target, own, [target]);
  return rankedBy(scores);
}

/** Components that are anomalous in the first row in which the target is, with their scores; none if it never is. */
function anomaliesOf({ target, normal, incident }: Question): ReadonlyMap<Component, number> {
  const judges = new Map([...incident.keys()].map((name) => [name, judgeOf(normal.get(name) ?? [])] as const));
  const scoreAt = (name: Component, row: number): number =>
    judges.get(name)?.(incident.get(name)?.[row] ?? Number.NaN) ?? 0;
  const rows = incident.get(target)?.length ?? 0;
  for (let row = FIRST_ROW; row < rows; row++) {
    if (scoreAt(target, row) === 0) continue;
    const scores = [...judges.keys()].map((name) => [name, scoreAt(name, row)] as const);
    return new Map(scores.filter(([, score]) => score > 0));
  }
  return new Map();
}

/** The score of a value if it is anomalous, else 0. */
function judgeOf(values: readonly number[]): (x: number) => number {
  const normal = values.filter(Number.isFinite);
  if (normal.length < FEWEST) return () => 0;
  if (normal.every((x) => x === normal[0])) {
    const middle = mean(normal);
    return (x) => (Number.isFinite(x) ? Math.abs(x - middle) : 0);
  }
  const middle = quantile(normal, 0.5);
  const scale =
    MAD_SCALE *
    quantile(
      normal.map((x) => Math.abs(x - middle)),
      0.5,
    );
  return (x) => {
    if (!Number.isFinite(x) || x === middle) return 0;
    // Any deviation from a scale of 0 is infinite.
    const score = Math.abs(x - middle) / scale;
    return score > THRESHOLD ? score : 0;
  };
}
