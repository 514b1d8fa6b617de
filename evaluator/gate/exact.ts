import type { AcceptedScores, CaseScore } from "./accepted.ts";

/** What has become of one case since its score was accepted. */
export interface Moved {
  readonly case: string;
  readonly before: CaseScore;
  readonly now: CaseScore;
}
export interface Comparison {
  readonly lost: readonly Moved[];
  readonly won: readonly Moved[];
  readonly same: number;
  /** Accepted cases without a score now: a gate fails closed on them. */
  readonly missing: readonly string[];
  /** Scored now, and never accepted. */
  readonly unknown: readonly string[];
  /** Mean of the times to detect now less that before, ms, over the cases detected both times; null for none. */
  readonly ttdChange: number | null;
}

/**
 * Case by case, for an agent that says the same of the same recording every time: whatever was won elsewhere, a lost
 * case is a lost case. A case is lost when its exact set falls, when a false alarm is new, or when the answer is proved
 * by claims of which fewer hold.
 */
export function compare(
  now: Readonly<Record<string, CaseScore>>,
  { cases }: Pick<AcceptedScores, "cases">,
): Comparison {
  const ids = Object.keys(cases).sort();
  const both = ids.flatMap((id): Moved[] => {
    const before = cases[id];
    const after = now[id];
    return before && after ? [{ case: id, before, now: after }] : [];
  });
  const lost = both.filter(isWorse);
  const won = both.filter((one) => !isWorse(one) && isWorse({ ...one, before: one.now, now: one.before }));
  return {
    lost,
    won,
    same: both.length - lost.length - won.length,
    missing: ids.filter((id) => !(id in now)),
    unknown: Object.keys(now)
      .filter((id) => !(id in cases))
      .sort(),
    ttdChange: meanChange(both),
  };
}

function isWorse({ before, now }: Moved): boolean {
  return now.exact_set < before.exact_set || now.false_alarms > before.false_alarms || isLessGrounded(before, now);
}

/** Some claims are worded anew with every change; so many do not stop holding by that. */
const LESS = 0.1;

/** Where both were asked, and both answered: no answer is another matter. */
export function isLessGrounded(before: CaseScore, now: CaseScore): boolean {
  if (typeof before.grounded !== "number" || typeof now.grounded !== "number") return false;
  return now.grounded < before.grounded - LESS;
}

function meanChange(both: readonly Moved[]): number | null {
  const changes = both.flatMap(({ before, now }) =>
    before.ttd_ms === null || now.ttd_ms === null ? [] : [now.ttd_ms - before.ttd_ms],
  );
  return changes.length === 0 ? null : changes.reduce((sum, one) => sum + one, 0) / changes.length;
}
