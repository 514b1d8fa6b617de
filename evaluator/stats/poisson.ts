import jstat from "jstat";
import type { Interval } from "./wilson.ts";

/** Exact 95 % interval (Garwood 1936) of a rate, from `events` in `exposure`, per unit of exposure. No exposure: all. */
export function poissonRate(events: number, exposure: number): Interval {
  if (exposure <= 0) return { low: 0, high: Number.POSITIVE_INFINITY };
  const low = events === 0 ? 0 : jstat.chisquare.inv(0.025, 2 * events) / 2;
  return { low: low / exposure, high: jstat.chisquare.inv(0.975, 2 * events + 2) / 2 / exposure };
}
