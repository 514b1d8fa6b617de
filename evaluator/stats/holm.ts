/** p values adjusted for their number by Holm's step-down method (1979), in the order given. */
export function holm(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((p, i) => ({ p, i })).sort((a, b) => a.p - b.p);
  const adjusted = pValues.map(() => 1);
  let least = 0;
  order.forEach(({ p, i }, rank) => {
    least = Math.max(least, Math.min(1, p * (pValues.length - rank)));
    adjusted[i] = least;
  });
  return adjusted;
}
