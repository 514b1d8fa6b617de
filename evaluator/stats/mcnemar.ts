/**
 * McNemar's exact two-sided test: of `lost + won` cases that two agents answered differently, how surprising the split
 * is if both were equally good. No such case: 1.
 */
export function mcnemar(lost: number, won: number): number {
  const n = lost + won;
  const few = Math.min(lost, won);
  let term = 0.5 ** n;
  let tail = 0;
  for (let k = 0; k <= few; k++) {
    tail += term;
    term *= (n - k) / (k + 1);
  }
  return Math.min(1, 2 * tail);
}
