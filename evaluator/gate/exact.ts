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
 * case is a lost case. A case is lost when its exact set falls, or when a false alarm is new.
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
  return now.exact_set < before.exact_set || now.false_alarms > before.false_alarms;
}

function meanChange(both: readonly Moved[]): number | null {
  const changes = both.flatMap(({ before, now }) =>
    before.ttd_ms === null || now.ttd_ms === null ? [] : [now.ttd_ms - before.ttd_ms],
  );
  return changes.length === 0 ? null : changes.reduce((sum, one) => sum + one, 0) / changes.length;
}
