import { answerOf, isTrueComponent } from "../answer.ts";
import { expectedRank } from "../stats/ties.ts";
import type { Metric } from "../trial-record.ts";

/** Expected rank of the first true cause, 1 is best; not in the list: not applicable. */
export default {
  name: "cause-rank",
  unit: "count",
  better: "lower",
  measure(trial, truth) {
    if (!truth.incident) return { kind: "not-applicable", why: "a control has no cause to find" };
    if (trial.crashed !== null) return { kind: "missing", why: "the agent ended with an error" };
    const rank = expectedRank(answerOf(trial.run, trial.findings).ranked, (name) => isTrueComponent(truth, name));
    return rank === undefined
      ? { kind: "not-applicable", why: "the cause is not in the answer" }
      : { kind: "value", value: rank };
  },
} satisfies Metric;
