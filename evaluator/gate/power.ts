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
const ENOUGH = 0.8;
const STEP = 0.05;

/**
 * What a gate over so many clusters could see of an agent that answers by chance and is right in 85 of 100: the smallest
 * drop, in steps of five points, that is red in 80 of 100 simulated gates. Null when no drop is.
 */
export function powerAt(clusters: number, rules: Rules = RULES): Power | null {
  if (clusters < 1) return null;
  const random = seeded(rules.seed);
  for (let drop = STEP; drop < WORLD.accuracy - STEP / 2; drop += STEP) {
    const share = simulate({ ...WORLD, cases: clusters, drop }, rules, GATES, random).fail / GATES;
    if (share >= ENOUGH) return { drop, seen: Math.round(100 * share) };
  }
  return null;
}

/** "at 24 clusters of incidents a gate for an agent that answers by chance sees a drop of 15 points in 84 of 100". */
export function powerTold(clusters: number, power: Power | null): string {
  const what =
    power === null ? "sees no drop reliably" : `sees a drop of ${points(power.drop)} points in ${power.seen} of 100`;
  const few = clusters < FEWEST_CLUSTERS ? `; below ${FEWEST_CLUSTERS} clusters it decides nothing` : "";
  return `at ${clusters} clusters of incidents a gate for an agent that answers by chance ${what} (simulated${few})`;
}

const points = (share: number): string => (100 * share).toFixed(0);
