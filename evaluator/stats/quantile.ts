/** Linear interpolation between order statistics (Hyndman and Fan's type 7); `p` in [0, 1]. NaN for no values. */
export function quantile(values: ArrayLike<number>, p: number): number {
  const ascending = Float64Array.from(values).sort();
  const place = (ascending.length - 1) * p;
  const below = ascending[Math.floor(place)] ?? Number.NaN;
  const above = ascending[Math.ceil(place)] ?? Number.NaN;
  // Written so that equal infinities do not become NaN.
  return below === above ? below : below + (place - Math.floor(place)) * (above - below);
}
