import type { Component } from "../../agent/telemetry/model.ts";
import { expectedHits, type TieGroup, tieGroups } from "../stats/ties.ts";

/** Suspects, best first; equal scores are one group. */
export type Ranking = readonly TieGroup<Component>[];

export function rankedBy(scores: ReadonlyMap<Component, number>): Ranking {
  const best = [...scores].sort((a, b) => (a[1] === b[1] ? 0 : b[1] - a[1]));
  return tieGroups(best, ([, score]) => score).map((group) => group.map(([component]) => component));
}

/** What a ranking is worth where one component is the cause: hits among the first k, and one over the rank. */
export interface RankingScore {
  readonly acAt1: number;
  readonly acAt3: number;
  readonly acAt5: number;
  /** Mean of the hits at 1 to 5. */
  readonly avgAt5: number;
  readonly mrr: number;
}

export function scoreRanking(ranking: Ranking, cause: Component): RankingScore {
  const [acAt1 = 0, acAt2 = 0, acAt3 = 0, acAt4 = 0, acAt5 = 0] = [1, 2, 3, 4, 5].map((k) =>
    expectedHits(ranking, (name) => name === cause, k),
  );
  const avgAt5 = (acAt1 + acAt2 + acAt3 + acAt4 + acAt5) / 5;
  return { acAt1, acAt3, acAt5, avgAt5, mrr: reciprocalRank(ranking, cause) };
}

/** Expected 1/rank over the order of a tie: the mean of `1 / (before + j)`, j = 1 to the size of its group; absent: 0. */
function reciprocalRank(ranking: Ranking, cause: Component): number {
  let before = 0;
  for (const group of ranking) {
    if (group.includes(cause)) return group.reduce((sum, _, j) => sum + 1 / (before + j + 1), 0) / group.length;
    before += group.length;
  }
  return 0;
}

/** Mean over cases. */
export function meanScore(scores: readonly RankingScore[]): RankingScore {
  const mean = (of: (one: RankingScore) => number): number =>
    scores.reduce((sum, one) => sum + of(one), 0) / scores.length;
  return {
    acAt1: mean(({ acAt1 }) => acAt1),
    acAt3: mean(({ acAt3 }) => acAt3),
    acAt5: mean(({ acAt5 }) => acAt5),
    avgAt5: mean(({ avgAt5 }) => avgAt5),
    mrr: mean(({ mrr }) => mrr),
  };
}
