import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";
import { innocentFirst } from "./ranking.ts";

/** Share of the first place that is held by a component in which something innocent was done at the same time. */
export default {
  name: "decoy-hit",
  unit: "share",
  better: "lower",
  measure(trial, truth) {
    const decoys = truth.incident ? (truth.decoys ?? []) : [];
    if (decoys.length === 0) return { kind: "not-applicable", why: "no decoy was planted" };
    return onIncident(trial, truth, ({ ranked }, incident) => innocentFirst(ranked, incident, decoys));
  },
} satisfies Metric;
