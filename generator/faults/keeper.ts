import type { AppId, Millis } from "../targets/target.ts";
import { type Bin, type Normal, normalOf } from "../traffic/users.ts";
import type { Forward } from "./intent.ts";

/** Holds a measured harm at its target by moving a dose, until the harm is verified; then the dose stays. */
export interface Keeper {
  /** Whose requests are looked at. */
  readonly app: AppId;
  /** Share of that app's requests that fail, background included. */
  readonly target: number;
  readonly first: number;
  readonly least: number;
  readonly most: number;
  /** The write that sets a dose. */
  set(forward: Forward, dose: number): Forward;
}

/** Largest change of a dose in one step. */
const STEP = 0.25;
/** A dose works on requests that are sent after it; their outcomes are known when users have given up waiting. */
export const SETTLES: Millis = 5_000;
/** Close enough to leave alone: two thirds of the band that a drill may move in (target ± 5 points). */
const NEAR = 0.035;

/**
 * The next dose, from what users felt since the last one took hold. Moves by at most a quarter, within the keeper's
 * bounds; the same dose when there is too little to go by (fewer than 40 requests) or it is near enough.
 */
export function nextDose(keeper: Keeper, dose: number, bins: readonly Bin[]): number {
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  if (n < 40) return dose;
  const share = bins.reduce((sum, bin) => sum + bin.bad, 0) / n;
  if (Math.abs(share - keeper.target) <= NEAR) return dose;
  const wanted = share < keeper.target / 3 ? 1 + STEP : 1 + 0.6 * (keeper.target / share - 1);
  const factor = Math.min(1 + STEP, Math.max(1 - STEP, wanted));
  return Math.min(keeper.most, Math.max(keeper.least, dose * factor));
}

/** Whether the dose may stay: enough requests since the last change, and their failing share near the target. */
export function settled(keeper: Keeper, bins: readonly Bin[]): boolean {
  const all: Normal = normalOf(bins);
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  return n >= 250 && Math.abs(all.badShare - keeper.target) <= NEAR;
}
