/** Chance that at least one of k repeats drawn from n, of which c were right, is right: `1 - C(n-c, k) / C(n, k)`. */
export function passAtK(n: number, c: number, k: number): number {
  return 1 - drawn(n - c, n, k);
}

/** Chance that all k repeats drawn from n, of which c were right, are right: `C(c, k) / C(n, k)`. */
export function passHatK(n: number, c: number, k: number): number {
  return drawn(c, n, k);
}

/** Chance that k drawn from n without putting back are all among m of them. */
function drawn(m: number, n: number, k: number): number {
  if (k > n) return Number.NaN;
  let chance = 1;
  for (let i = 0; i < k; i++) chance *= Math.max(0, m - i) / (n - i);
  return chance;
}
