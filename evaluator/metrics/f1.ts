import { overlap } from "../answer.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** Harmonic mean of precision and recall of the named causes. */
export default {
  name: "f1",
  unit: "share",
  better: "higher",
  measure: (trial, truth) =>
    onIncident(trial, truth, ({ named }, { causes }) => (2 * overlap(causes, named)) / (named.size + causes.length)),
} satisfies Metric;
