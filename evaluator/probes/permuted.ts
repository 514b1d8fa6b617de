import { exactSet } from "../answer.ts";
import type { CaseRecord } from "../leaderboard/case-record.ts";
import type { TrialLine } from "../leaderboard/trial-line.ts";
import { quantile } from "../stats/quantile.ts";

export interface Permuted {
  /** Cases whose truths were exchanged. */
  readonly n: number;
  /** Exact set with the truths where they belong. */
  readonly real: number;
  /** With truths exchanged among the cases: mean, and the point below which 97.5 % of exchanges lie. */
  readonly mean: number;
  readonly upper: number;
  /** The real score lies above that point: the answers fit these cases, and not just the set. */
  readonly above: boolean;
}
const DRAWS = 1_000;

interface Answered {
  readonly line: TrialLine;
  readonly record: CaseRecord;
}
/** Who answered one case, as often as asked. */
type Own = readonly [Answered, ...Answered[]];

/**
 * What an agent's answers are worth against truths of other cases of the same system, none keeping its own (derangements):
 * names of another system could not be right by any chance. Repeats of a case stay together. A system with one incident has
 * nobody to exchange with, and is left out. Null when nothing can be exchanged.
 */
export function permuted(answers: readonly Answered[], random: () => number): Permuted | null {
  const incidents = answers.filter(({ record }) => record.truth.incident);
  const cases = [...Map.groupBy(incidents, ({ record }) => record.id).values()] as unknown as readonly Own[];
  const systems = [...Map.groupBy(cases, systemOf).values()].filter((own) => own.length > 1).map(fitsOf);
  const n = systems.reduce((sum, fits) => sum + fits.length, 0);
  if (n === 0) return null;
  const score = (orderOf: (length: number) => readonly number[]): number =>
    systems.reduce((sum, fits) => sum + worth(fits, orderOf(fits.length)), 0) / n;
  const drawn = Array.from({ length: DRAWS }, () => score((length) => derangement(length, random)));
  const real = score((length) => Array.from({ length }, (_, i) => i));
  const upper = quantile(drawn, 0.975);
  return { n, real, mean: drawn.reduce((a, b) => a + b, 0) / DRAWS, upper, above: real > upper };
}

/** Cases of one system have the same components. */
const systemOf = ([{ record }]: Own): string => [...record.run.components].sort().join("\n");

/** Exact set of each case's answers, its mean over repeats, against each truth. */
function fitsOf(cases: readonly Own[]): readonly (readonly number[])[] {
  return cases.map((own) =>
    cases.map(([{ record }]) => {
      const right = own.filter(({ line }) => exactSet(record.truth, namedIn(line))).length;
      return right / own.length;
    }),
  );
}
const namedIn = ({ state, answer }: TrialLine): ReadonlySet<string> =>
  new Set(state === "agent-error" ? [] : answer.named);

/** With the truth of case `order[i]` for case i. */
function worth(fits: readonly (readonly number[])[], order: readonly number[]): number {
  return order.reduce((sum, truth, answer) => sum + (fits[answer]?.[truth] ?? 0), 0);
}

/** A random order of 0 to n - 1 in which nothing is where it was, all such orders alike; n is at least 2. */
export function derangement(n: number, random: () => number): readonly number[] {
  for (;;) {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    if (order.every((to, from) => to !== from)) return order;
  }
}
