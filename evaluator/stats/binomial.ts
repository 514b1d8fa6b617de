/** Chance of at least so many successes in n tries that succeed with chance p each: the exact one-sided test. */
export function atLeast(successes: number, n: number, p: number): number {
  if (successes <= 0) return 1;
  if (successes > n || p <= 0) return 0;
  if (p >= 1) return 1;
  let tail = 0;
  for (let k = successes; k <= n; k++) tail += Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
  return Math.min(1, tail);
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i);
  return sum;
}
