import { pbkdf2Sync } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { mean } from "simple-statistics";
import type { Millis } from "../targets/target.ts";

/** How fast a thread gets on, as multiples of the idle machine on which the costs of doses were measured. */
export interface MachineSpeed {
  /** With floating-point arithmetic. */
  readonly arithmetic: number;
  /** With message digests, for which some processors have instructions of their own. */
  readonly digests: number;
}

const TERMS = 50_000;
const ROUNDS = 2_000;
/** Milliseconds that the two kinds of work below take on the machine on which the costs of doses were measured. */
const REFERENCE = { arithmetic: 0.465, digests: 0.332 } as const;
/** Before that, the arithmetic is not compiled. */
const WARM_UP = 60;
const LOOKS = 48;
const BETWEEN: Millis = 25;
/** The slowest looks say more of who else wanted the core just then than of the core. */
const COUNTED = 0.9;

/**
 * Takes a good second, in which it computes for about 100 ms. The mean counts, not the best: a core that shares its
 * circuits with a busy one is slower by a third, and for how much of the time it does that matters.
 */
export async function machineSpeed(): Promise<MachineSpeed> {
  for (let i = 0; i < WARM_UP; i++) exponentials();
  const looks: { readonly arithmetic: Millis; readonly digests: Millis }[] = [];
  while (looks.length < LOOKS) {
    await sleep(BETWEEN);
    looks.push({ arithmetic: timed(exponentials), digests: timed(digest) });
  }
  return {
    arithmetic: REFERENCE.arithmetic / typical(looks.map((look) => look.arithmetic)),
    digests: REFERENCE.digests / typical(looks.map((look) => look.digests)),
  };
}

function typical(times: readonly Millis[]): Millis {
  return mean(times.toSorted((a, b) => a - b).slice(0, Math.ceil(COUNTED * times.length)));
}

/** Milliseconds of the second time: after a pause the first finds the core cold, which longer work does not feel. */
function timed(work: () => number): Millis {
  const came = work();
  const from = performance.now();
  const again = work();
  const took = performance.now() - from;
  // Both are looked at, or the work would be left out.
  return came === again ? took : Number.POSITIVE_INFINITY;
}

function digest(): number {
  return pbkdf2Sync("text", "salt", ROUNDS, 4, "sha256").length;
}

function exponentials(): number {
  let sum = 0;
  for (let i = 0; i < TERMS; i++) sum += Math.exp(-i / TERMS);
  return sum;
}

/** The speed that was measured. Throws for a fault that does not say that it follows it. */
export function measured(speed: MachineSpeed | undefined): MachineSpeed {
  if (speed !== undefined) return speed;
  throw new TypeError("A dose follows the machine's speed, and nobody measured it");
}
