import { answerOf, isTrueComponent, judgedWindow } from "../answer.ts";
import type { Metric } from "../trial-record.ts";

/** From onset to the first moment at which the top group is wholly true and stays so; else censored at the window's end. */
export default {
  name: "ttl-from-onset",
  unit: "ms",
  better: "lower",
  measure(trial, truth) {
    if (!truth.incident) return { kind: "not-applicable", why: "a control has no cause to find" };
    if (trial.crashed !== null) return { kind: "missing", why: "the agent ended with an error" };
    const { run, findings } = trial;
    const { from, to } = judgedWindow(run);
    const onset = run.harmAt ?? from;
    let since: number | null = null;
    for (const finding of findings.filter((one) => one.kind === "diagnosis" && one.at >= from && one.at <= to)) {
      const top = answerOf(run, [finding]).ranked[0] ?? [];
      const right = top.length > 0 && top.every((name) => isTrueComponent(truth, name));
      since = right ? (since ?? finding.at) : null;
    }
    return since === null ? { kind: "censored", after: to - onset } : { kind: "value", value: since - onset };
  },
} satisfies Metric;
