import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";
import { acAt } from "./ranking.ts";

/** Share of the true causes (at most five) among the first five, by expectation over ties. */
export default {
  name: "ac-at-5",
  unit: "share",
  better: "higher",
  measure: (trial, truth) => onIncident(trial, truth, (answer, incident) => acAt(answer.ranked, incident, 5)),
} satisfies Metric;
