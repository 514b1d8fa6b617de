import type { CaseScore } from "./accepted.ts";
import type { Comparison, Moved } from "./exact.ts";
import type { Looked } from "./look.ts";
import type { Reason } from "./reason.ts";

/** One object: text, JSON, JUnit, job summary and exit code are views of it and cannot disagree. */
export interface GateResult {
  readonly outcome: "pass" | "fail" | "inconclusive";
  readonly reasons: readonly Reason[];
  readonly agent: string;
  readonly comparison: Comparison;
  /** The last look at an agent that answers by chance; null where cases are compared one by one. */
  readonly looked: Looked | null;
  /** What one must know to read the outcome. */
  readonly notes: readonly string[];
  /** Scores of now, by case; means where there are several runs. */
  readonly now: Readonly<Record<string, CaseScore>>;
  /** What people call a case. */
  readonly titles: Readonly<Record<string, string>>;
  /** What was named now, by case; empty for nothing. */
  readonly named: Readonly<Record<string, readonly string[]>>;
  readonly wallMs: number;
  /** Recorded time that was replayed, ms. */
  readonly replayedMs: number;
}

export const EXIT = { pass: 0, fail: 99, inconclusive: 4 } as const;

/** The outcome for a pipeline: `more` when further runs may decide. */
export function decisionOf({
  outcome,
  looked,
}: Pick<GateResult, "outcome" | "looked">): GateResult["outcome"] | "more" {
  return outcome === "inconclusive" && looked?.decision === "more" ? "more" : outcome;
}

/** Things that must hold whatever was accepted; each is a count that must be nought, or a share that must be one. */
export interface Hard {
  /** Mean exact set of an agent that knows the truth, and of one that never speaks, over incidents. */
  readonly oracle: number;
  readonly silent: number;
  /** Places in recordings that tell what was done. */
  readonly leaks: number;
  /** Controls on which a component was named or an alarm raised. */
  readonly accusations: readonly string[];
  /** Accusations that are allowed. */
  readonly allowed: number;
  /** Recordings that do not count: a corpus must hold none. */
  readonly invalid: readonly string[];
}

/** Red reasons first. Nothing to compare is no pass. */
export function judgeGate(
  comparison: Comparison,
  hard: Hard,
  titles: Readonly<Record<string, string>>,
  named: Readonly<Record<string, readonly string[]>>,
): Pick<GateResult, "outcome" | "reasons"> {
  const title = (id: string): string => titles[id] ?? id;
  const reasons: Reason[] = [
    ...broken(hard, title),
    ...comparison.lost.map((moved) => lostReason(moved, title(moved.case), named[moved.case] ?? [])),
    ...comparison.missing.map((id) => ({ rule: "missing", text: `${title(id)}: no result`, case: id })),
  ];
  if (reasons.length > 0) return { outcome: "fail", reasons };
  const unsure = comparison.unknown.map((id) => ({
    rule: "not accepted",
    text: `${title(id)}: accept it first`,
    case: id,
  }));
  if (comparison.same + comparison.won.length === 0)
    return { outcome: "inconclusive", reasons: [...unsure, { rule: "empty", text: "there is no case to compare" }] };
  return unsure.length > 0 ? { outcome: "inconclusive", reasons: unsure } : { outcome: "pass", reasons: [] };
}

function broken(
  { oracle, silent, leaks, accusations, allowed, invalid }: Hard,
  title: (id: string) => string,
): Reason[] {
  const reasons: Reason[] = [];
  if (oracle !== 1)
    reasons.push({ rule: "oracle", text: `who knows the truth scores ${oracle}, not 1: the harness is broken` });
  if (silent !== 0)
    reasons.push({ rule: "silent", text: `who says nothing scores ${silent}, not 0: the harness is broken` });
  if (leaks > 0) reasons.push({ rule: "leaks", text: `${leaks} places in the recordings tell what was done` });
  for (const id of invalid)
    reasons.push({ rule: "invalid", text: `${title(id)}: the recording does not count`, case: id });
  if (accusations.length > allowed)
    reasons.push({
      rule: "accusations",
      text: `${accusations.length} of the controls were alarmed at or accused (${accusations.map(title).join(", ")}); allowed: ${allowed}`,
    });
  return reasons;
}

function lostReason({ case: id, before, now }: Moved, title: string, named: readonly string[]): Reason {
  const says = named.length > 0 ? `now says ${named.join(" and ")}` : "now names nothing";
  const crashed = now.state === "agent-error" ? "the agent now fails" : says;
  return { rule: "lost", text: `${title}: ${whyLost(before, now) ?? crashed}`, case: id };
}

/** With the same exact set. */
function whyLost(before: Moved["before"], now: Moved["now"]): string | undefined {
  if (now.exact_set < before.exact_set) return undefined;
  if (now.false_alarms > before.false_alarms) return `${now.false_alarms} false alarms, before ${before.false_alarms}`;
  const percent = (share: number | null | undefined): string => `${(100 * (share ?? 0)).toFixed(0)} %`;
  return `${percent(now.grounded)} of its claims hold when asked again, before ${percent(before.grounded)}`;
}
