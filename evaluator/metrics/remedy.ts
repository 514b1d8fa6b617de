import { judgedDiagnosis } from "../answer.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** 1 when the first remedy of the answer is one that would help. */
export default {
  name: "remedy",
  unit: "share",
  better: "higher",
  measure(trial, truth) {
    if (!truth.incident || truth.remedies === undefined)
      return { kind: "not-applicable", why: "nobody said what would help" };
    const { accepted } = truth.remedies;
    return onIncident(trial, truth, () => {
      const [first] = judgedDiagnosis(trial.run, trial.findings)?.picture.remedies ?? [];
      return first !== undefined && accepted.includes(first.kind) ? 1 : 0;
    });
  },
} satisfies Metric;
