import { seeded } from "../../generator/phase.ts";
import { clusterBootstrap, FEWEST } from "../stats/bootstrap.ts";
import { wilson } from "../stats/wilson.ts";

/** A figure of one trial; repeats of a case are nested in it, and cases in their cluster. */
export interface Scored {
  readonly case: string;
  readonly cluster: string;
  readonly value: number;
}
/** A mean over cases with its 95 % interval. Null is unknown, never 0. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Cases, and the clusters they are of. */
  readonly n: number;
  readonly clusters: number;
  readonly method: "none" | "wilson" | "wilson over clusters" | "bootstrap over clusters";
}
const SEED = 7;

interface CaseMean extends Scored {
  readonly repeats: number;
}

/**
 * Mean over repeats in a case, then over cases. One run a case and one case a cluster: Wilson. Else a BCa bootstrap over
 * clusters; below ten of them, or when all are equal: for a share Wilson with n = clusters, for others no interval.
 */
export function estimate(scored: readonly Scored[], kind: "share" | "mean"): Estimate {
  const cases = meansOf(scored);
  const n = cases.length;
  const clusters = [...Map.groupBy(cases, ({ cluster }) => cluster).values()];
  if (n === 0) return { value: null, low: null, high: null, n, clusters: 0, method: "none" };
  const value = mean(cases);
  const counted = { value, n, clusters: clusters.length };
  const single = clusters.length === n && cases.every(({ repeats }) => repeats === 1);
  if (single && kind === "share") return { ...counted, ...wilson(value * n, n), method: "wilson" };
  const same = cases.every((one) => Math.abs(one.value - value) < 1e-9);
  const drawn = same || clusters.length < FEWEST ? null : clusterBootstrap(clusters, mean, seeded(SEED));
  if (drawn) return { ...counted, ...drawn, method: "bootstrap over clusters" };
  if (kind === "mean" || clusters.length === 1) return { ...counted, low: null, high: null, method: "none" };
  return { ...counted, ...wilson(value * clusters.length, clusters.length), method: "wilson over clusters" };
}

/** A mean for each case, in the order of their ids, so that sums do not depend on who came first. */
export function meansOf(scored: readonly Scored[]): readonly CaseMean[] {
  return [...Map.groupBy(scored, (one) => one.case)]
    .map(([id, own]) => ({ case: id, cluster: own[0]?.cluster ?? id, value: mean(own), repeats: own.length }))
    .sort((a, b) => (a.case < b.case ? -1 : 1));
}

function mean(all: readonly { readonly value: number }[]): number {
  return all.reduce((sum, { value }) => sum + value, 0) / all.length;
}
