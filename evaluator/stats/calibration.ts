/** A stated confidence and whether it was right, both in [0, 1] (a tie is right in part). */
export interface Stated {
  readonly confidence: number;
  readonly right: number;
}
export interface Calibration {
  readonly n: number;
  /** Mean squared distance between confidence and truth (Brier 1950); 0 is best. */
  readonly brier: number;
  /** Against always stating the mean: `1 - Brier / (y (1 - y))`; null when all were right or all wrong. */
  readonly skill: number | null;
  /** Expected calibration error over bins of equal count; null below 30 answers. */
  readonly ece: number | null;
  /** What an agent that is calibrated perfectly would get at this n, by simulation; null where `ece` is. */
  readonly perfectEce: number | null;
}
const DRAWS = 1_000;

/** How far stated confidences can be believed. `random` is uniform in [0, 1). Null when nothing was stated. */
export function calibration(all: readonly Stated[], random: () => number): Calibration | null {
  const n = all.length;
  if (n === 0) return null;
  const brier = mean(all.map(({ confidence, right }) => (confidence - right) ** 2));
  const y = mean(all.map(({ right }) => right));
  const skill = y * (1 - y) > 0 ? 1 - brier / (y * (1 - y)) : null;
  const bins = n >= 100 ? 10 : n >= 30 ? 5 : null;
  if (bins === null) return { n, brier, skill, ece: null, perfectEce: null };
  const drawn = Array.from({ length: DRAWS }, () =>
    expectedError(
      all.map(({ confidence }) => ({ confidence, right: random() < confidence ? 1 : 0 })),
      bins,
    ),
  );
  return { n, brier, skill, ece: expectedError(all, bins), perfectEce: mean(drawn) };
}

/** `sum n_b / n |mean right - mean confidence|` over so many bins of equal count, by rising confidence. */
export function expectedError(all: readonly Stated[], bins: number): number {
  const sorted = all.toSorted((a, b) => a.confidence - b.confidence);
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const own = sorted.slice(Math.round((bin * all.length) / bins), Math.round(((bin + 1) * all.length) / bins));
    if (own.length === 0) continue;
    const off = Math.abs(mean(own.map(({ right }) => right)) - mean(own.map(({ confidence }) => confidence)));
    error += (own.length / all.length) * off;
  }
  return error;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
