/** What is normal for one quantity: its middle, its scale (never 0) and how many values stand behind it. */
export interface Normal {
  readonly middle: number;
  readonly scale: number;
  readonly n: number;
}

/** Scores beyond this say nothing more (pitfall: infinite scores tie, and then list order decides). */
const CLAMP = 1000;
/** A normal distribution's standard deviation over its MAD, its quartile distance and its 5-95 % distance. */
const PER_MAD = 1.4826;
const PER_QUARTILES = 1.349;
const PER_NINETY = 3.29;

/** No measurement is larger, and sums and differences of a few smaller ones stay finite. */
const LARGEST = 1e150;
const isMeasurement = (value: number): boolean => Math.abs(value) <= LARGEST;

/** Ascending copy without NaN, infinities, and what is too large to be measured. */
export function sorted(values: ArrayLike<number>): Float64Array {
  const copy = new Float64Array(values);
  return (copy.every(isMeasurement) ? copy : copy.filter(isMeasurement)).sort();
}

/** Quantile `q` of ascending values by linear interpolation between order statistics; 0 for none. */
export function quantile(ascending: ArrayLike<number>, q: number): number {
  const n = ascending.length;
  if (n === 0) return 0;
  const place = Math.min(1, Math.max(0, q)) * (n - 1);
  const low = Math.floor(place);
  const a = ascending[low] ?? 0;
  const b = ascending[Math.min(n - 1, low + 1)] ?? a;
  return a + (b - a) * (place - low);
}

export function median(values: ArrayLike<number>): number {
  return quantile(sorted(values), 0.5);
}

/** Median absolute deviation from `middle`, as a standard deviation. */
export function spread(values: ArrayLike<number>, middle: number): number {
  return spreadOf(sorted(values), middle);
}
function spreadOf(measured: Float64Array, middle: number): number {
  return PER_MAD * median(measured.map((value) => Math.abs(value - middle)));
}

/**
 * The composite robust scale: the largest of three estimators, a share of the level and a floor, so that neither a
 * constant nor a spiky history gives a tiny scale.
 */
export function robust(values: ArrayLike<number>, floor: number, relative = 0): Normal {
  const ascending = sorted(values);
  const middle = quantile(ascending, 0.5);
  const scale = Math.max(
    spreadOf(ascending, middle),
    (quantile(ascending, 0.75) - quantile(ascending, 0.25)) / PER_QUARTILES,
    (quantile(ascending, 0.95) - quantile(ascending, 0.05)) / PER_NINETY,
    relative * Math.abs(middle),
    floor,
    Number.EPSILON,
  );
  return { middle, scale, n: ascending.length };
}

/** How many scales `x` is from normal, signed so that bad is positive, within [-1000, 1000]. */
export function score(x: number, normal: Normal, bad: "up" | "down" | "both" = "up"): number {
  if (!isMeasurement(x)) return 0;
  const z = (x - normal.middle) / normal.scale;
  const signed = bad === "up" ? z : bad === "down" ? -z : Math.abs(z);
  return Math.min(CLAMP, Math.max(-CLAMP, signed));
}

/** Evidence of a score on the common scale, 0 to 4: e = min(4, ln(1 + z/2)). */
export function strength(z: number): number {
  return z > 0 ? Math.min(4, Math.log(1 + z / 2)) : 0;
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Ranks from 1, ties share their mean rank. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const out = new Float64Array(values.length);
  for (let i = 0; i < order.length; ) {
    let j = i;
    while (j + 1 < order.length && values[order[j + 1] ?? 0] === values[order[i] ?? 0]) j++;
    for (let k = i; k <= j; k++) out[order[k] ?? 0] = (i + j) / 2 + 1;
    i = j + 1;
  }
  return out;
}

/** Spearman's rank correlation; 0 when one side is constant. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const a = ranks(x);
  const b = ranks(y);
  const middle = (a.length + 1) / 2;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < a.length; i++) {
    const u = (a[i] ?? 0) - middle;
    const v = (b[i] ?? 0) - middle;
    xy += u * v;
    xx += u * u;
    yy += v * v;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}
