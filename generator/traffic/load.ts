import type { Millis } from "../targets/target.ts";

/** A stretch in which the rate goes linearly from `from` to `to` requests a second. */
export interface Segment {
  readonly lasts: Millis;
  readonly from: number;
  readonly to: number;
}
/** A rate over time, as data, so that it can be sent to another process. */
export interface Load {
  readonly shape: "constant" | "ramp" | "spike" | "steps" | "sequence";
  readonly segments: readonly Segment[];
}

/** Always the same rate, as long as it is asked for. */
export function constant(rps: number): Load {
  return { shape: "constant", segments: [{ lasts: Number.MAX_SAFE_INTEGER, from: check(rps), to: rps }] };
}
export function ramp(from: number, to: number, lasts: Millis): Load {
  return { shape: "ramp", segments: [{ lasts, from: check(from), to: check(to) }] };
}
export function steps(rates: readonly number[], each: Millis): Load {
  return { shape: "steps", segments: rates.map((rate) => ({ lasts: each, from: check(rate), to: rate })) };
}

/** Exactly `lasts` of a load: cut, or its last rate held. */
export function lasting(load: Load, lasts: Millis): Load {
  const segments: Segment[] = [];
  let left = lasts;
  for (const segment of load.segments) {
    if (left <= 0) break;
    const used = Math.min(left, segment.lasts);
    const reached = segment.from + ((segment.to - segment.from) * used) / segment.lasts;
    segments.push({ lasts: used, from: segment.from, to: reached });
    left -= used;
  }
  const held = load.segments.at(-1)?.to ?? 0;
  if (left > 0) segments.push({ lasts: left, from: held, to: held });
  return { shape: load.shape, segments };
}
/** One load after the other, without a gap or a burst between them. */
export function sequence(loads: readonly Load[]): Load {
  return { shape: "sequence", segments: loads.flatMap((load) => load.segments) };
}

/** Requests a second at `t` ms. */
export function rate(load: Load, t: Millis): number {
  let start = 0;
  for (const { lasts, from, to } of load.segments) {
    if (t < start + lasts) return from + ((to - from) * (t - start)) / lasts;
    start += lasts;
  }
  return 0;
}
export const peak = (load: Load): number => Math.max(0, ...load.segments.flatMap(({ from, to }) => [from, to]));

/** Requests due until `t`: the integral of the rate. */
export function arrivals(load: Load, t: Millis): number {
  let start = 0;
  let total = 0;
  for (const segment of load.segments) {
    const x = Math.min(Math.max(t - start, 0), segment.lasts);
    total += within(segment, x);
    start += segment.lasts;
  }
  return total;
}
function within({ lasts, from, to }: Segment, x: Millis): number {
  return (from * x + ((to - from) / lasts) * x * x * 0.5) / 1_000;
}

/**
 * When arrival number n is due, the inverse of `arrivals`; undefined beyond the end. The root
 * `2n / (a + sqrt(a^2 + 2kn))` has no cancellation and holds for k = 0 and for ramps from and to 0.
 */
export function due(load: Load, n: number): Millis | undefined {
  let start = 0;
  let before = 0;
  for (const segment of load.segments) {
    const count = within(segment, segment.lasts);
    if (n <= before + count && count > 0) {
      const a = segment.from / 1_000;
      const k = (segment.to - segment.from) / segment.lasts / 1_000;
      const left = n - before;
      if (left <= 0) return start;
      return start + Math.min((2 * left) / (a + Math.sqrt(Math.max(0, a * a + 2 * k * left))), segment.lasts);
    }
    before += count;
    start += segment.lasts;
  }
  return undefined;
}
function check(rps: number): number {
  if (!(rps >= 0 && Number.isFinite(rps))) throw new RangeError(`a rate is a number of requests a second, not ${rps}`);
  return rps;
}
