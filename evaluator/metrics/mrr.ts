import { isTrueComponent } from "../answer.ts";
import { expectedReciprocalRank } from "../stats/ties.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** One divided by the place of the first true cause, by expectation over ties; 0 when it is not in the list. */
export default {
  name: "mrr",
  unit: "share",
  better: "higher",
  measure: (trial, truth) =>
    onIncident(trial, truth, ({ ranked }) => expectedReciprocalRank(ranked, (name) => isTrueComponent(truth, name))),
} satisfies Metric;
