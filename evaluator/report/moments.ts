import type { Instant } from "../../agent/telemetry/model.ts";
import { answerOf, isTrueComponent, judgedWindow } from "../answer.ts";
import type { Verdict } from "../trial-record.ts";

/** A point in time that the report marks. `who` says whose doing it is. */
export interface Mark {
  readonly at: Instant;
  readonly who: "drill" | "users" | "agent";
  /** Short, for a label in a chart. */
  readonly short: string;
  /** For the table. */
  readonly text: string;
  /** For a diagnosis: whether its first place was right. */
  readonly right: boolean | null;
}

/** All marks of a trial in order of time. */
export function marks(verdict: Verdict): readonly Mark[] {
  const all = [...ofRun(verdict), ...ofAgent(verdict), ...firsts(verdict)];
  return all.sort((a, b) => a.at - b.at);
}

function ofRun({ trial: { run } }: Verdict): Mark[] {
  const noted: readonly (readonly [Instant | null, Mark["who"], string, string])[] = [
    [run.inForceAt, "drill", "injected", "Injection: the fault is in force"],
    [run.harmAt, "users", "harm", "Onset: the first harm that users felt"],
    [run.revertingAt, "drill", "reverting", "The drill begins to take the fault back; answers after this do not count"],
    [run.revertedAt, "drill", "reverted", "The fault is taken back"],
    [run.recoveredAt, "users", "recovered", "Users are well again"],
  ];
  return noted.flatMap(([at, who, short, text]) => (at === null ? [] : [{ at, who, short, text, right: null }]));
}

function ofAgent({ trial: { findings, run }, truth }: Verdict): Mark[] {
  return findings.flatMap((finding): Mark[] => {
    const { at } = finding;
    if (finding.kind === "alarm")
      return [
        {
          at,
          who: "agent",
          short: "alarm",
          text: `The agent raises an alarm on ${finding.component}: ${finding.text}`,
          right: null,
        },
      ];
    if (finding.kind === "all-clear")
      return [{ at, who: "agent", short: "all-clear", text: `The agent says all clear: ${finding.text}`, right: null }];
    if (finding.kind === "learned")
      return [{ at, who: "agent", short: "learned", text: "The agent has learned what is normal", right: null }];
    const [first] = finding.hypotheses;
    const what = first
      ? `${first.component}, ${first.cause}, ${Math.round(100 * first.confidence)} %`
      : "no hypothesis";
    const verb = finding.named > 0 ? "names" : "considers";
    const counts = judged(run, at) ? "" : " (outside the judged window)";
    return [
      {
        at,
        who: "agent",
        short: "diagnosis",
        text: `The agent ${verb} ${what}${counts}`,
        right: rightAt(run, finding, truth),
      },
    ];
  });
}

function judged(run: Verdict["trial"]["run"], at: Instant): boolean {
  const { from, to } = judgedWindow(run);
  return at >= from && at <= to;
}

type Said = Verdict["trial"]["findings"][number];
/** Whether the first place of a diagnosis is wholly a true cause; null where nothing could be right or it does not count. */
function rightAt(run: Verdict["trial"]["run"], finding: Said, truth: Verdict["truth"]): boolean | null {
  if (!truth.incident || !judged(run, finding.at)) return null;
  const top = answerOf(run, [finding]).ranked[0] ?? [];
  return top.length > 0 && top.every((component) => isTrueComponent(truth, component));
}

/** First right, and the moment from which it stayed right: the same rule as time to locate. */
function firsts({ trial: { run, findings }, truth }: Verdict): Mark[] {
  const verdicts = findings
    .filter((finding) => finding.kind === "diagnosis")
    .map((finding) => ({ at: finding.at, right: rightAt(run, finding, truth) }))
    .filter(({ right }) => right !== null);
  const first = verdicts.find(({ right }) => right);
  const wrongLast = verdicts.findLastIndex(({ right }) => !right);
  const stable = verdicts.slice(wrongLast + 1)[0];
  const found: Mark[] = [];
  if (first)
    found.push({
      at: first.at,
      who: "agent",
      short: "first right",
      text: "First right: the true cause is in the first place",
      right: true,
    });
  if (stable)
    found.push({
      at: stable.at,
      who: "agent",
      short: "stable",
      text: "Stable: from here the first place stays right",
      right: true,
    });
  return found;
}
