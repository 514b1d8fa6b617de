/** A small seeded source of chance (mulberry32), with the distributions that a town needs. */
export interface Chance {
  next(): number;
  exponential(mean: number): number;
  /** Lognormal around a median; `spread` is the standard deviation of the logarithm. */
  around(median: number, spread: number): number;
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    exponential: (mean) => -mean * Math.log(1 - next()),
    around: (median, spread) => median * Math.exp(spread * normal()),
  };
}
