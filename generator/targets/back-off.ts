import type { Millis } from "./target.ts";

const FIRST: Millis = 1_000;
/** The longest wait between the death of an app and its next start. */
export const LONGEST_WAIT: Millis = 30_000;
const WINDOW: Millis = 120_000;
const MOST_DEATHS = 6;

/**
 * How long to wait before an app that died is started again: 1 s, 2 s, 4 s .. 30 s by the deaths of the last two
 * minutes; undefined when it died a seventh time in them and is given up.
 */
export function backOff(deaths: readonly Millis[], now: Millis): Millis | undefined {
  const recent = deaths.filter((at) => now - at < WINDOW).length;
  return recent > MOST_DEATHS ? undefined : Math.min(LONGEST_WAIT, FIRST * 2 ** Math.max(0, recent - 1));
}
