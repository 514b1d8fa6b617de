import { METRICS } from "../judge.ts";
import type { CaseRecord } from "./case-record.ts";
import type { Scored } from "./estimate.ts";
import type { TrialLine } from "./trial-line.ts";

/** A trial with the case it is of. */
export interface Entry {
  readonly line: TrialLine;
  readonly record: CaseRecord;
}
const WORST: ReadonlyMap<string, number> = new Map(
  METRICS.filter(({ unit }) => unit === "share").map(({ name, better }) => [name, better === "higher" ? 0 : 1]),
);

/** Names of the scores that are shares of one trial. */
export const SHARES: readonly string[] = [...WORST.keys()];

export const isIncident = ({ record }: Entry): boolean => record.truth.incident;
export const scored = ({ line, record }: Entry, value: number): Scored => ({
  case: line.case,
  cluster: record.cluster,
  value,
});

/** A share of each trial that has it. An agent that broke gets the worst one; what does not apply is left out. */
export function sharesOf(entries: readonly Entry[], metric: string): readonly Scored[] {
  return entries.flatMap((entry) => {
    const measured = entry.line.measurements[metric];
    if (measured?.kind === "value") return [scored(entry, measured.value)];
    return measured?.kind === "missing" ? [scored(entry, WORST.get(metric) ?? 0)] : [];
  });
}

/** A number of one trial; null when it has none. */
export function numberOf({ line }: Entry, metric: string): number | null {
  const measured = line.measurements[metric];
  return measured?.kind === "value" ? measured.value : null;
}
