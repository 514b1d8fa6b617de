import { overlap } from "../answer.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** Share of the named causes that are true; 0 when nothing was named. */
export default {
  name: "precision",
  unit: "share",
  better: "higher",
  measure: (trial, truth) =>
    onIncident(trial, truth, ({ named }, { causes }) => (named.size === 0 ? 0 : overlap(causes, named) / named.size)),
} satisfies Metric;
