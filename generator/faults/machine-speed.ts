import { pbkdf2Sync } from "node:crypto";
import type { Millis } from "../targets/target.ts";

/** How fast one core computes, as multiples of the machine on which the costs of doses were measured. */
export interface MachineSpeed {
  /** Of floating-point arithmetic. */
  readonly arithmetic: number;
  /** Of message digests, for which some processors have instructions of their own. */
  readonly digests: number;
}

const TERMS = 50_000;
const ROUNDS = 2_000;
/** Milliseconds that the two kinds of work below take on the machine on which the costs of doses were measured. */
const REFERENCE = { arithmetic: 0.465, digests: 0.332 } as const;
/** How long each kind is tried: the first tries run before the code is compiled, others share the core with somebody. */
const TRIED: Millis = 30;

/** Takes 60 ms of the one thread; the best of many tries counts. */
export function machineSpeed(): MachineSpeed {
  return {
    arithmetic: REFERENCE.arithmetic / best(exponentials),
    digests: REFERENCE.digests / best(() => pbkdf2Sync("text", "salt", ROUNDS, 4, "sha256").length),
  };
}

function best(work: () => number): number {
  let least = timed(work);
  for (const until = performance.now() + TRIED; performance.now() < until; ) least = Math.min(least, timed(work));
  return least;
}

/** Milliseconds; what the work comes to is looked at, or it would be left out. */
function timed(work: () => number): number {
  const from = performance.now();
  const came = work();
  const took = performance.now() - from;
  return came > 0 ? took : Number.POSITIVE_INFINITY;
}

function exponentials(): number {
  let sum = 0;
  for (let i = 0; i < TERMS; i++) sum += Math.exp(-i / TERMS);
  return sum;
}
