import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";
import { innocentFirst } from "./ranking.ts";

/** Share of the first place that is held by a component which only suffers. */
export default {
  name: "symptom-hit",
  unit: "share",
  better: "lower",
  measure(trial, truth) {
    const suffering = truth.incident ? (truth.symptoms ?? []) : [];
    if (suffering.length === 0) return { kind: "not-applicable", why: "nobody else suffers" };
    return onIncident(trial, truth, ({ ranked }, incident) => innocentFirst(ranked, incident, suffering));
  },
} satisfies Metric;
