import type { Instant, Millis } from "../telemetry/model.ts";
import { BIN, type Bin } from "./bins.ts";
import type { Lane } from "./detect.ts";

export interface Onset {
  readonly at: Instant;
  /** Half width of the uncertainty. */
  readonly within: Millis;
}
/** The best split is looked for this many bins around the start of the excursion. */
const AROUND = 6;

/**
 * When a series left its normal: starts from the bin in which the CUSUM last left 0 and takes the split within +-6
 * bins with the largest difference between the mean after and the mean before.
 */
export function onset(since: Bin, values: ReadonlyMap<Bin, number>): Onset {
  const low = since - AROUND;
  const high = since + AROUND;
  const inside = [...values].filter(([bin]) => bin >= low - AROUND && bin <= high + AROUND).sort((a, b) => a[0] - b[0]);
  let best: { bin: Bin; gap: number } = { bin: since, gap: 0 };
  for (let i = 1; i < inside.length; i++) {
    const bin = inside[i]?.[0] ?? since;
    if (bin < low || bin > high) continue;
    const gap = mean(inside.slice(i)) - mean(inside.slice(0, i));
    if (gap > best.gap * (1 + 1e-9)) best = { bin, gap };
  }
  return { at: best.bin * BIN, within: BIN };
}

const mean = (of: readonly (readonly [Bin, number])[]) =>
  of.reduce((total, [, value]) => total + value, 0) / Math.max(1, of.length);

/** Start of the oldest excursion among lanes that are out of normal now. */
export function earliest(lanes: Iterable<Lane>, otherwise: Bin): Bin {
  let first = otherwise;
  for (const lane of lanes) if (lane.g > 6 && lane.since !== undefined) first = Math.min(first, lane.since);
  return first;
}
