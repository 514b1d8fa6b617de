import { seeded } from "../../generator/phase.ts";
import { clusterBootstrap } from "../stats/bootstrap.ts";
import { mcnemar } from "../stats/mcnemar.ts";
import { meansOf, type Scored } from "./estimate.ts";

/** Two agents on the cases that both have: what the second has more. */
export interface Paired {
  readonly cases: number;
  /** Mean of the differences by case, and its 95 % interval over clusters; null below ten of them. */
  readonly difference: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Clusters in which the second is worse and better, and how surprising that split is: McNemar's exact test. */
  readonly worse: number;
  readonly better: number;
  readonly p: number;
}
const SEED = 17;
const SURPRISING = 0.05;

export function paired(first: readonly Scored[], second: readonly Scored[]): Paired {
  const before = new Map(meansOf(first).map((one) => [one.case, one]));
  const differences = meansOf(second).flatMap((one) => {
    const other = before.get(one.case);
    return other ? [{ cluster: one.cluster, value: one.value - other.value }] : [];
  });
  const clusters = [...Map.groupBy(differences, ({ cluster }) => cluster).values()];
  const sums = clusters.map((own) => own.reduce((sum, { value }) => sum + value, 0));
  const worse = sums.filter((sum) => sum < 0).length;
  const better = sums.filter((sum) => sum > 0).length;
  const interval = clusterBootstrap(clusters, mean, seeded(SEED));
  return {
    cases: differences.length,
    difference: differences.length === 0 ? null : mean(differences),
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    worse,
    better,
    p: mcnemar(worse, better),
  };
}

/** Whether the second can be told from the first: by the interval, or, where there is none, by the exact test. */
export function apart({ low, high, p }: Paired): boolean {
  return low === null || high === null ? p < SURPRISING : low > 0 || high < 0;
}

function mean(all: readonly { readonly value: number }[]): number {
  return all.reduce((sum, { value }) => sum + value, 0) / all.length;
}
