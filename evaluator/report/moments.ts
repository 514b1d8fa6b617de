import type { Diagnosis, Hypothesis, Stamped } from "../../agent/investigation.ts";
import type { Instant } from "../../agent/telemetry/model.ts";
import { answerOf, isTrueComponent, judgedWindow } from "../answer.ts";
import type { Verdict } from "../trial-record.ts";
import { percent } from "./numbers.ts";
import { listed, name } from "./text.ts";
import { spoken } from "./words.ts";

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

/** A control has no moments of its own: nothing was done that could be taken back. */
function ofRun({ trial: { run }, truth }: Verdict): Mark[] {
  if (!truth.incident && run.harmAt === null) return [];
  const noted: readonly (readonly [Instant | null, Mark["who"], string, string])[] = [
    [run.inForceAt, "drill", "injected", "Injection: the fault is in force"],
    [run.harmAt, "users", "users hurt", "Onset: the first harm that users felt"],
    [
      run.revertingAt,
      "drill",
      "taken back",
      "The drill begins to take the fault back; answers after this do not count",
    ],
    [run.revertedAt, "drill", "taken back", "The fault is taken back"],
    [run.recoveredAt, "users", "recovered", "Users are well again"],
  ];
  return noted.flatMap(([at, who, short, text]) => (at === null ? [] : [{ at, who, short, text, right: null }]));
}

function ofAgent({ trial: { findings, run }, truth }: Verdict): Mark[] {
  return findings.map((finding) => {
    const mark = markOf(finding);
    if (finding.kind !== "diagnosis") return mark;
    const counts = judged(run, finding.at) ? "" : " (outside the judged window)";
    return { ...mark, text: `${mark.text}${counts}`, right: rightAt(run, finding, truth) };
  });
}

/** What an agent said, without a word on whether it was right. */
export function markOf(finding: Stamped): Mark {
  const mark = (short: string, text: string): Mark => ({ at: finding.at, who: "agent", short, text, right: null });
  switch (finding.kind) {
    case "alarm":
      return mark("alarm", `The agent raises an alarm on ${name(finding.component)}: ${finding.text}`);
    case "all-clear":
      return mark("all-clear", `The agent says all clear: ${finding.text}`);
    case "learned":
      return mark("learned", "The agent has learned what is normal");
    case "diagnosis":
      return mark("diagnosis", spokenOf(finding));
  }
}

/** What a diagnosis says, best first; the first place is the one that is right or wrong. */
function spokenOf({ hypotheses, named }: Stamped<Diagnosis>): string {
  const told = ({ component, cause, confidence }: Hypothesis): string =>
    `${name(component)} (${spoken(cause)}, ${percent(confidence)})`;
  if (named > 0) return `The agent names ${listed(hypotheses.slice(0, named).map(told))}`;
  const [first] = hypotheses;
  return first ? `The agent is not sure; it considers ${told(first)}` : "The agent gives a diagnosis without a cause";
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
  const stable = verdicts.slice(verdicts.findLastIndex(({ right }) => !right) + 1)[0];
  const mark = (at: Instant, short: string, text: string): Mark => ({ at, who: "agent", short, text, right: null });
  if (first && first.at === stable?.at)
    return [mark(first.at, "stays right", "Right for the first time, and it stays: the true cause is in first place")];
  return [
    ...(first ? [mark(first.at, "first right", "Right for the first time: the true cause is in first place")] : []),
    ...(stable ? [mark(stable.at, "stays right", "From here on the true cause stays in first place")] : []),
  ];
}
