import { answerOf, judgedWindow } from "../answer.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** How often the first place changed hands from one diagnosis to the next, in the judged window. */
export default {
  name: "flips",
  unit: "count",
  better: "lower",
  measure: (trial, truth) =>
    onIncident(trial, truth, () => {
      const { run, findings } = trial;
      const { from, to } = judgedWindow(run);
      const tops = findings
        .filter((one) => one.kind === "diagnosis" && one.at >= from && one.at <= to)
        .map((one) => [...(answerOf(run, [one]).ranked[0] ?? [])].sort().join("\n"));
      return tops.filter((top, i) => i > 0 && top !== tops[i - 1]).length;
    }),
} satisfies Metric;
