import jstat from "jstat";
import { quantile } from "./quantile.ts";
import type { Interval } from "./wilson.ts";

export type Random = () => number;
type Statistic<T> = (all: readonly T[]) => number;
const DRAWS = 10_000;
/** Fewer clusters tell too little of how clusters differ. */
export const FEWEST = 10;

/**
 * 95 % interval of a statistic by resampling whole clusters: bias-corrected and accelerated (Efron 1987), the
 * acceleration by leaving out one cluster after the other. Null below ten clusters, or when all draws are equal.
 */
export function clusterBootstrap<T>(
  clusters: readonly (readonly T[])[],
  statistic: Statistic<T>,
  random: Random,
  draws = DRAWS,
): Interval | null {
  if (clusters.length < FEWEST) return null;
  const seen = statistic(clusters.flat());
  const drawn = resampled(clusters, statistic, random, draws);
  if (drawn.every((value) => value === drawn[0])) return null;
  const below = drawn.filter((value) => value < seen).length + drawn.filter((value) => value === seen).length / 2;
  const bias = jstat.normal.inv(Math.min(1 - 0.5 / draws, Math.max(0.5 / draws, below / draws)), 0, 1);
  const acceleration = accelerationOf(clusters, statistic);
  const at = (p: number): number => {
    const z = bias + jstat.normal.inv(p, 0, 1);
    return quantile(drawn, jstat.normal.cdf(bias + z / (1 - acceleration * z), 0, 1));
  };
  return { low: at(0.025), high: at(0.975) };
}

/** The statistic of so many resamples of whole clusters; plain percentiles of these are what the gate uses. */
export function resampled<T>(
  clusters: readonly (readonly T[])[],
  statistic: Statistic<T>,
  random: Random,
  draws: number,
): readonly number[] {
  return Array.from({ length: draws }, () =>
    statistic(clusters.flatMap(() => clusters[Math.floor(random() * clusters.length)] ?? [])),
  );
}

function accelerationOf<T>(clusters: readonly (readonly T[])[], statistic: Statistic<T>): number {
  const without = clusters.map((_, out) => statistic(clusters.filter((__, i) => i !== out).flat()));
  const mean = without.reduce((sum, value) => sum + value, 0) / without.length;
  const off = without.map((value) => mean - value);
  const cubes = off.reduce((sum, value) => sum + value ** 3, 0);
  const squares = off.reduce((sum, value) => sum + value ** 2, 0);
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}
