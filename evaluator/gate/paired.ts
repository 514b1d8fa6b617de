import { quantile } from "../stats/quantile.ts";

/** Sums of paired differences, now less before, and what they weigh, an entry a cluster. Negative is worse. */
export interface Pairs {
  readonly sums: Float64Array;
  readonly weights: Float64Array;
}
/** What resampling whole clusters tells of the mean difference. */
export interface Seen {
  readonly mean: number;
  /** Standard deviation of the resampled means. */
  readonly error: number;
  /** The `alpha` and the `1 - alpha` point of the resampled means. */
  readonly low: number;
  readonly high: number;
  /** One-sided, of being no worse: `(1 + #{d* >= 0}) / (B + 1)`. */
  readonly p: number;
}
/** Sums of thirds and fifths that are equal on paper differ by less. */
export const NOTHING = 1e-9;

/**
 * Plain percentiles of a bootstrap over clusters, as `resampled` in stats/bootstrap.ts draws it, with nothing allocated
 * in the loop: a simulation draws some hundred million times. `drawn` is overwritten; its length is the number of draws.
 */
export function see({ sums, weights }: Pairs, alpha: number, random: () => number, drawn: Float64Array): Seen {
  drawMeans(sums, weights, random, drawn);
  let sum = 0;
  let notWorse = 0;
  for (const one of drawn) {
    sum += one;
    if (one >= -NOTHING) notWorse += 1;
  }
  const middle = sum / drawn.length;
  let squares = 0;
  for (const one of drawn) squares += (one - middle) ** 2;
  return {
    mean: total(sums) / total(weights),
    error: Math.sqrt(squares / (drawn.length - 1)),
    low: quantile(drawn, alpha),
    high: quantile(drawn, 1 - alpha),
    p: (1 + notWorse) / (drawn.length + 1),
  };
}

function drawMeans(sums: Float64Array, weights: Float64Array, random: () => number, drawn: Float64Array): void {
  const n = sums.length;
  for (let i = 0; i < drawn.length; i++) {
    let sum = 0;
    let weight = 0;
    for (let j = 0; j < n; j++) {
      const pick = Math.floor(random() * n);
      sum += sums[pick] ?? 0;
      weight += weights[pick] ?? 0;
    }
    drawn[i] = sum / weight;
  }
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const one of values) sum += one;
  return sum;
}
