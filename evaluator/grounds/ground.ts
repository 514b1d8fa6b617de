import type { Evidence } from "../../agent/investigation.ts";
import type { Millis, Telemetry } from "../../agent/telemetry/model.ts";
import { readingOf } from "./reading.ts";
import type { Reading } from "./series.ts";

/** What asking again says of a claim. */
export type Ground = "grounded" | "contradicted" | "uncheckable";

/** A number may be off by so much of itself, or by the floor of its unit. */
const CLOSE = 0.1;
const FLOORS: Readonly<Record<string, number>> = { ms: 5, s: 0.005, "1": 0.02 };
/** Time before the claim's window with which it is compared. */
const SHORTEST: Millis = 30_000;
const LONGEST: Millis = 120_000;

/**
 * Asks the query behind a claim again, of the telemetry as it could be seen when the claim was made. Contradicted: what
 * should be there is not, or it moved the other way. Grounded: it moved as claimed, and the number, if one is claimed,
 * is among the figures that the answer gives. Else it cannot be checked, which costs as much.
 */
export function groundOf(evidence: Evidence, seen: Telemetry): Ground {
  const { query, direction, value, unit = "" } = evidence;
  const now = readingOf(query, unit, seen);
  if (direction === "present") return now.records > 0 ? "grounded" : "contradicted";
  const before = beforeOf(evidence, seen);
  if (direction === "absent") return absent(now, before);
  if (now.records === 0) return direction === "down" ? absent(now, before) : "contradicted";
  if (moved(now, before) === (direction === "up" ? -1 : 1)) return "contradicted";
  if (value === undefined) return moved(now, before) === 0 ? "uncheckable" : "grounded";
  return now.figures.some((one) => isClose(one, value, unit)) ? "grounded" : "uncheckable";
}

function beforeOf({ query, unit = "" }: Evidence, seen: Telemetry): Reading | null {
  const { within } = query;
  if (within === undefined) return null;
  const length = Math.min(LONGEST, Math.max(SHORTEST, within.to - within.from));
  return readingOf(query, unit, seen, { from: within.from - length, to: within.from });
}

/** Gone is what was there before. */
function absent(now: Reading, before: Reading | null): Ground {
  if (now.records > 0) return "contradicted";
  return before !== null && before.records > 0 ? "grounded" : "uncheckable";
}

/** -1: less than before, 1: more, 0: the same, or nobody knows. */
function moved(now: Reading, before: Reading | null): number {
  if (now.main === null || before === null || before.main === null) return 0;
  return Math.sign(now.main - before.main);
}

function isClose(seen: number, claimed: number, unit: string): boolean {
  return Math.abs(seen - claimed) <= Math.max(CLOSE * Math.abs(seen), FLOORS[unit] ?? 0);
}
