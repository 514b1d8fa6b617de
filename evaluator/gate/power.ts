import { seeded } from "../../generator/phase.ts";
import { FEWEST_CLUSTERS, RULES, type Rules } from "./rules.ts";
import { simulate, WORLD } from "./simulate.ts";

/** The smallest of some drops that enough gates see. */
export interface Power {
  /** Of the mean exact set, 0.1 is ten points. */
  readonly drop: number;
  /** Red gates of a hundred. */
  readonly seen: number;
}
const GATES = 200;
const DRAWS = 1_000;
const ENOUGH = 0.8;
const STEP = 0.05;
const STEPS = 16;

/**
 * What a gate over so many clusters could see of an agent that answers by chance and is right in 85 of 100: the smallest
 * drop, in steps of five points, that is red in 80 of 100 simulated gates. Null when none up to 80 points is.
 */
export function powerAt(clusters: number, rules: Rules = RULES): Power | null {
  if (clusters < 1) return null;
  const seen = (step: number): Power => {
    const world = { ...WORLD, cases: clusters, drop: step * STEP };
    const { fail } = simulate(world, { ...rules, draws: DRAWS }, GATES, seeded(rules.seed));
    return { drop: step * STEP, seen: (100 * fail) / GATES };
  };
  let none = 0;
  let found: { readonly step: number; readonly power: Power } | undefined;
  // A larger drop is seen more often, so the steps can be halved.
  while ((found?.step ?? STEPS + 1) - none > 1) {
    const step = Math.floor((none + (found?.step ?? STEPS + 1)) / 2);
    const power = seen(step);
    if (power.seen >= 100 * ENOUGH) found = { step, power };
    else none = step;
  }
  return found?.power ?? null;
}

/** "at 24 clusters of incidents a gate for an agent that answers by chance sees a drop of 15 points in 84 of 100". */
export function powerTold(clusters: number, power: Power | null): string {
  const what =
    power === null
      ? "sees no drop reliably"
      : `sees a drop of ${(100 * power.drop).toFixed(0)} points in ${power.seen.toFixed(0)} of 100`;
  const few = clusters < FEWEST_CLUSTERS ? `; below ${FEWEST_CLUSTERS} clusters it decides nothing` : "";
  return `at ${clusters} clusters of incidents a gate for an agent that answers by chance ${what} (simulated${few})`;
}
