/**
 * AC@k of a blind draw, analytically: k of m components in random order, of which v are causes, hold
 * `min(k, m) / m * v` of them, out of the `min(k, v)` that could be there. 0 for an empty inventory.
 */
export function chanceAt(k: number, m: number, v: number): number {
  return m === 0 || v === 0 ? 0 : ((Math.min(k, m) / m) * v) / Math.min(k, v);
}
