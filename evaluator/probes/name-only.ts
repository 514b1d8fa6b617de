import type { CaseRecord } from "../leaderboard/case-record.ts";
import type { TrialLine } from "../leaderboard/trial-line.ts";
import { blind } from "../references/blind.ts";
import { causesOf, othersOf } from "../references/prior.ts";
import { atLeast } from "../stats/binomial.ts";

/** What a case is called, and everything in it: not one measured value. */
export function namesIn({ id, files, run, edges }: CaseRecord): ReadonlySet<string> {
  return new Set([
    ...[...id].map((letter) => `letter ${letter}`),
    ...files.map((path) => `file ${path}`),
    ...run.components.map((name) => `component ${name}`),
    ...edges.map(([caller, callee]) => `edge ${caller}->${callee}`),
  ]);
}

/**
 * Guesses the cause from names alone: naive Bayes over which names occur (Bernoulli, Laplace's rule of succession),
 * learned from the truths of all other clusters. If it can, the names tell the answer, and the set is worthless.
 */
export function nameOnly(record: CaseRecord, all: readonly CaseRecord[]): TrialLine {
  const learned = othersOf(record, all, "cluster").flatMap((one) =>
    causesOf(one).map(({ component }) => ({ component, names: namesIn(one) })),
  );
  const own = namesIn(record);
  const vocabulary = [...new Set([...own, ...learned.flatMap(({ names }) => [...names])])].sort();
  const classes = [...new Set([...record.run.components, ...learned.map(({ component }) => component)])].sort();
  const scores = classes.map((component) => {
    const seen = learned.filter((one) => one.component === component);
    const likelihood = vocabulary.reduce((sum, name) => {
      const share = (seen.filter(({ names }) => names.has(name)).length + 1) / (seen.length + 2);
      return sum + Math.log(own.has(name) ? share : 1 - share);
    }, 0);
    return { component, score: Math.log((seen.length + 1) / (learned.length + classes.length)) + likelihood };
  });
  const best = Math.max(...scores.map(({ score }) => score));
  const weights = scores.map(({ component, score }) => ({ component, weight: Math.exp(score - best) }));
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  return blind(
    "name-only",
    record,
    weights.map(({ component, weight }) => ({ component, cause: "unknown", chance: weight / total })),
  );
}

export interface NameProbe {
  /** Clusters of incidents, and how many of them, in sum, were guessed right from names. */
  readonly n: number;
  readonly right: number;
  /** The better of chance and prior, as a share. */
  readonly expected: number;
  /** Exact one-sided binomial; null when there is nothing to guess. */
  readonly p: number | null;
  readonly well: boolean;
}
/** Below this the names tell too much. */
const SURPRISING = 0.01;

/** Clusters are the units, since cases of one resemble each other. A share of a right guess does not count as one. */
export function probed(right: readonly number[], expected: number): NameProbe {
  const n = right.length;
  const sum = right.reduce((a, b) => a + b, 0);
  const p = n === 0 ? null : atLeast(Math.floor(sum + 1e-9), n, expected);
  return { n, right: sum, expected, p, well: p === null || p >= SURPRISING };
}
