/** Significance of rank correlations, and of many of them at once. */

/** Two-sided probability of a standard normal beyond |z|; absolute error below 2e-7 (Abramowitz and Stegun 7.1.26). */
export function beyond(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.min(1, poly * Math.exp(-x * x));
}

/**
 * Two-sided probability of a correlation of n pairs under independence, by t = rho sqrt((n-2)/(1-rho^2)) and Wallace's
 * normal approximation of the t distribution, good to two digits from 4 degrees of freedom on.
 */
export function pOf(rho: number, n: number): number {
  const df = n - 2;
  if (df < 2) return 1;
  const t2 = (rho * rho * df) / Math.max(1e-12, 1 - rho * rho);
  return beyond(((8 * df + 1) / (8 * df + 3)) * Math.sqrt(df * Math.log1p(t2 / df)));
}

/** Which of many probabilities are discoveries at false discovery rate q, by Benjamini and Hochberg. */
export function discoveries(p: readonly number[], q: number): readonly boolean[] {
  const ascending = [...p].sort((a, b) => a - b);
  let limit = -1;
  ascending.forEach((value, i) => {
    if (value <= (q * (i + 1)) / p.length) limit = value;
  });
  return p.map((value) => value <= limit);
}
