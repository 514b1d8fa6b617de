import { exactSet } from "../answer.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** 1 when the named causes are the true ones, nothing missing and nothing extra. */
export default {
  name: "exact-set",
  unit: "share",
  better: "higher",
  measure: (trial, truth) => onIncident(trial, truth, (answer) => (exactSet(truth, answer.named) ? 1 : 0)),
} satisfies Metric;
