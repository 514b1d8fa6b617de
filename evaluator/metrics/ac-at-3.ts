import { isTrueComponent } from "../answer.ts";
import { expectedHits } from "../stats/ties.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** Share of the true causes (at most three) among the first three, by expectation over ties. */
export default {
  name: "ac-at-3",
  unit: "share",
  better: "higher",
  measure: (trial, truth) =>
    onIncident(
      trial,
      truth,
      (answer, { causes }) =>
        expectedHits(answer.ranked, (name) => isTrueComponent(truth, name), 3) / Math.min(3, causes.length),
    ),
} satisfies Metric;
