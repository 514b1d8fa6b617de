/** Of n runs c were right: the chance that k runs drawn from them hold a right one, and that all k are right. */
export interface Passes {
  readonly any: number;
  readonly all: number;
}

/**
 * pass@k = 1 - C(n-c, k) / C(n, k) (Chen et al., arXiv 2107.03374) and pass^k = C(c, k) / C(n, k) (Yao et al., arXiv
 * 2406.12045), without bias for k <= n. Null when there are fewer than k runs.
 */
export function passes(n: number, c: number, k: number): Passes | null {
  if (k > n) return null;
  return { any: 1 - ratio(n - c, n, k), all: ratio(c, n, k) };
}

/** C(m, k) / C(n, k), as a product that stays small. */
function ratio(m: number, n: number, k: number): number {
  let product = 1;
  for (let i = 0; i < k; i++) product *= Math.max(0, m - i) / (n - i);
  return product;
}
