import jstat from "jstat";
import { NOTHING, type Seen } from "./paired.ts";

/** `confirm`: worse, unless the stored runs of the accepted agent were lucky. `more`: runs are wanted. */
export type Decision = "pass" | "fail" | "confirm" | "more" | "inconclusive";

/** Where in its course a gate is. */
export interface Standing {
  /** There is no look after this one. */
  readonly last: boolean;
  /** Fresh runs of the accepted agent can be had, and were not yet. */
  readonly confirmable: boolean;
}

/** Red needs the whole interval below nought, green needs it above the margin; all else is undecided. */
export function decide(
  { low, high }: Pick<Seen, "low" | "high">,
  margin: number,
  { last, confirmable }: Standing,
): Decision {
  if (high < -NOTHING) return confirmable ? "confirm" : "fail";
  if (low > -margin) return "pass";
  return last ? "inconclusive" : "more";
}

/** Power that "would be seen" stands for. */
const POWER = 0.8;

/** The drop of the mean that a look sees in 80 of 100, `(z(1 - alpha) + z(0.8)) SE(mean d)`: 2.05 + 0.84 at alpha .02. */
export function detectable(error: number, alpha: number): number {
  return (jstat.normal.inv(1 - alpha, 0, 1) + jstat.normal.inv(POWER, 0, 1)) * error;
}
