/** Milliseconds on a clock that all threads share and nobody sets. */
export const monotonic = (): bigint => process.hrtime.bigint() / 1_000_000n;
