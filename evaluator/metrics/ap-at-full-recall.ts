import { overlap } from "../answer.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** True causes over named ones when every true cause is named, else 0: naming everybody finds them all and is worth little. */
export default {
  name: "ap-at-full-recall",
  unit: "share",
  better: "higher",
  measure: (trial, truth) =>
    onIncident(trial, truth, ({ named }, { causes }) =>
      overlap(causes, named) === causes.length ? causes.length / named.size : 0,
    ),
} satisfies Metric;
