import { calmTime } from "../episodes.ts";
import { poissonRate } from "../stats/poisson.ts";
import { type Entry, numberOf } from "./entry.ts";

/** What an agent does while nothing is wrong: on controls, before each incident, and well after it. */
export interface Alarms {
  readonly count: number;
  /** Fault-free hours watched, by agents that did not break. */
  readonly hours: number;
  /** False alarms an hour with their exact 95 % interval; null when no hour was watched. */
  readonly perHour: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Share of that time spent in alarm. */
  readonly duty: number | null;
}
const HOUR = 3_600_000;

export function alarmsOf(entries: readonly Entry[]): Alarms {
  const watched = entries.flatMap((entry) => {
    const count = numberOf(entry, "false-alarms");
    return count === null ? [] : [{ count, calm: calmTime(entry.record.run), duty: numberOf(entry, "duty") ?? 0 }];
  });
  const count = watched.reduce((sum, one) => sum + one.count, 0);
  const calm = watched.reduce((sum, one) => sum + one.calm, 0);
  const hours = calm / HOUR;
  if (calm <= 0) return { count, hours: 0, perHour: null, low: null, high: null, duty: null };
  const duty = watched.reduce((sum, one) => sum + one.duty * one.calm, 0) / calm;
  return { count, hours, perHour: count / hours, ...poissonRate(count, hours), duty };
}
