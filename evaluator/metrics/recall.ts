import { overlap } from "../answer.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** Share of the true causes that were named. */
export default {
  name: "recall",
  unit: "share",
  better: "higher",
  measure: (trial, truth) =>
    onIncident(trial, truth, ({ named }, { causes }) => overlap(causes, named) / causes.length),
} satisfies Metric;
