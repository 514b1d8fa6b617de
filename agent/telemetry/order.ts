/** Added to an instant to include it in a half-open window: above the precision of today's instants (2.4e-4 ms). */
export const JUST_AFTER = 1e-3;

/** First position whose key is not below `at`, in a list that rises by key. */
export function lowerBound<T>(list: ArrayLike<T>, at: number, key: (one: T) => number, until = list.length): number {
  let low = 0;
  let high = until;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(list[middle] as T) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A growing list of numbers in one typed array; `view` shares its memory and stays as it was read. */
export class Numbers {
  #values = new Float64Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Float64Array(2 * this.#values.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }
  at(index: number): number {
    return this.#values[index] ?? Number.NaN;
  }
  view(from: number, to: number): Float64Array {
    return this.#values.subarray(from, to);
  }
  /** First position whose value is not below `at`; the values must rise. */
  lowerBound(at: number): number {
    return lowerBound(this.#values, at, (one) => one, this.length);
  }
}
