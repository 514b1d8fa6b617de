import { exactSet, isTrueClass, judgedDiagnosis, tidy } from "../answer.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** 1 when the named causes are the true ones and each is named with a class that is right. */
export default {
  name: "joint-exact",
  unit: "share",
  better: "higher",
  measure(trial, truth) {
    if (truth.incident && truth.causes.every(({ cause }) => cause === "unknown"))
      return { kind: "not-applicable", why: "the data set tells no fault class" };
    return onIncident(trial, truth, ({ named }) => {
      const { hypotheses = [], named: count = 0 } = judgedDiagnosis(trial.run, trial.findings) ?? {};
      const right = hypotheses
        .slice(0, count)
        .every((one) => isTrueClass(truth, { ...one, component: tidy(one.component) }));
      return exactSet(truth, named) && right ? 1 : 0;
    });
  },
} satisfies Metric;
