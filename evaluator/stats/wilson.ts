/** An interval of a share. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}
/** Normal quantile of 97.5 %. */
const Z = 1.959963984540054;

/** Wilson's 95 % score interval without continuity correction; `successes` may be a sum of shares. n = 0: all of [0, 1]. */
export function wilson(successes: number, n: number): Interval {
  if (n === 0) return { low: 0, high: 1 };
  const p = successes / n;
  const middle = p + Z ** 2 / (2 * n);
  const spread = Z * Math.sqrt((p * (1 - p)) / n + Z ** 2 / (4 * n ** 2));
  const whole = 1 + Z ** 2 / n;
  return { low: Math.max(0, (middle - spread) / whole), high: Math.min(1, (middle + spread) / whole) };
}
