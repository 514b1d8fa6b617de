import type { Ranked } from "./hypotheses.ts";

/** Odds of being right as a function of the margin, and how often answers like it were right. */
export interface Calibration {
  readonly a: number;
  readonly b: number;
  readonly right: number;
  readonly runs: number;
}
/**
 * Fitted on the 24 Nezha faults of 2022-08-22 (D2), of which 19 were ranked first. To be refitted on our own runs as
 * soon as there are 30 of them.
 */
export const DEVELOPMENT: Calibration = { a: -0.89, b: 1.65, right: 19, runs: 24 };
/** Below this nothing is named; from `CERTAIN` on a remedy may be called "act". H. */
export const NAMED = 0.5;
export const CERTAIN = 0.8;

/** An edge and its own ends count as one place. */
export function samePlace(a: string, b: string): boolean {
  const ends = (name: string) => new Set([name, ...name.split("->")]);
  const left = ends(a);
  return [...ends(b)].some((end) => left.has(end)) && (a.includes("->") || b.includes("->") || a === b);
}

/** Probability that the first of a ranking is a root cause: sigmoid(a + b margin), drawn towards the base rate. */
export function confidence(ranked: readonly Ranked[], { a, b, right, runs }: Calibration): number {
  const [first] = ranked;
  if (!first) return 0;
  const second = ranked.find((one) => !samePlace(one.component, first.component));
  const margin = first.B - (second?.B ?? 0);
  const p = 1 / (1 + Math.exp(-(a + b * margin)));
  const weight = 0.5 + 0.5 * Math.min(1, runs / 30);
  return weight * p + (1 - weight) * ((right + 1) / (runs + 2));
}

/** Confidence of the others: what the first leaves, by their weight. */
export function shares(ranked: readonly Ranked[], first: number): readonly number[] {
  const rest = ranked.slice(1).map((one) => Math.exp(one.B - (ranked[0]?.B ?? 0)));
  const total = rest.reduce((sum, value) => sum + value, 0);
  return [
    first,
    ...rest.map((value) => Math.min(first * 0.99, total > 0 ? ((1 - first) * value) / (total + 0.25) : 0)),
  ];
}
