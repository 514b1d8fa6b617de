import { judgedDiagnosis } from "../answer.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** A scenario's word for a change that the platform never announced: no id can match it. */
const UNANNOUNCED = "change";

/** 1 when the change that the answer blames is the one that set it off, or none is blamed where none did. */
export default {
  name: "trigger-hit",
  unit: "share",
  better: "higher",
  measure(trial, truth) {
    if (truth.incident && truth.trigger === UNANNOUNCED)
      return { kind: "not-applicable", why: "the change was not announced to anyone" };
    return onIncident(trial, truth, (_, { trigger }) => {
      const diagnosis = judgedDiagnosis(trial.run, trial.findings);
      if (diagnosis === undefined || diagnosis.outcome !== "incident" || diagnosis.named === 0) return 0;
      const blamed = diagnosis.hypotheses.slice(0, diagnosis.named).flatMap((one) => one.trigger ?? []);
      return (trigger === "none" ? blamed.length === 0 : blamed.includes(trigger)) ? 1 : 0;
    });
  },
} satisfies Metric;
