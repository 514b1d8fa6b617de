import { exactSet } from "../answer.ts";
import type { CaseRecord } from "../leaderboard/case-record.ts";
import type { TrialLine } from "../leaderboard/trial-line.ts";
import { quantile } from "../stats/quantile.ts";

export interface Permuted {
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

/**
 * What an agent's answers are worth against truths of other cases, none keeping its own (derangements). Null for fewer
 * than two incidents.
 */
export function permuted(
  answers: readonly { readonly line: TrialLine; readonly record: CaseRecord }[],
  random: () => number,
): Permuted | null {
  const incidents = answers.filter(({ record }) => record.truth.incident);
  const n = incidents.length;
  if (n < 2) return null;
  const fits = incidents.map(({ line }) => {
    const named = new Set(line.state === "agent-error" ? [] : line.answer.named);
    return incidents.map(({ record }) => (exactSet(record.truth, named) ? 1 : 0));
  });
  const score = (order: readonly number[]): number =>
    order.reduce((sum, truth, answer) => sum + (fits[answer]?.[truth] ?? 0), 0) / n;
  const drawn = Array.from({ length: DRAWS }, () => score(derangement(n, random)));
  const real = score(Array.from({ length: n }, (_, i) => i));
  const upper = quantile(drawn, 0.975);
  return { n, real, mean: drawn.reduce((a, b) => a + b, 0) / DRAWS, upper, above: real > upper };
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
