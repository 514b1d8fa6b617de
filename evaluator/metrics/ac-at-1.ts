import { isTrueComponent } from "../answer.ts";
import { expectedHits } from "../stats/ties.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** Share of the first place that holds a true cause, by expectation over ties. */
export default {
  name: "ac-at-1",
  unit: "share",
  better: "higher",
  measure: (trial, truth) =>
    onIncident(trial, truth, (answer) => expectedHits(answer.ranked, (name) => isTrueComponent(truth, name), 1)),
} satisfies Metric;
