import { pbkdf2Sync } from "node:crypto";

/** How fast one core computes, as multiples of the machine on which the costs of doses were measured. */
export interface MachineSpeed {
  /** Of floating-point arithmetic. */
  readonly arithmetic: number;
  /** Of message digests, for which some processors have instructions of their own. */
  readonly digests: number;
}

const TERMS = 200_000;
const ROUNDS = 5_000;
/** Milliseconds that the two kinds of work below take on the machine on which the costs of doses were measured. */
const REFERENCE = { arithmetic: 3, digests: 3 } as const;
const TRIES = 7;

/** Takes about 40 ms of the one thread. The best of several tries counts: the others shared the core with somebody. */
export function machineSpeed(): MachineSpeed {
  return {
    arithmetic: REFERENCE.arithmetic / best(exponentials),
    digests: REFERENCE.digests / best(() => pbkdf2Sync("text", "salt", ROUNDS, 4, "sha256").length),
  };
}

function best(work: () => number): number {
  return Math.min(...Array.from({ length: TRIES }, () => timed(work)));
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
