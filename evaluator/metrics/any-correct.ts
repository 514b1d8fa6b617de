import { isTrueComponent } from "../answer.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** 1 when at least one of the named causes is a true one, whatever else is named. */
export default {
  name: "any-correct",
  unit: "share",
  better: "higher",
  measure: (trial, truth) =>
    onIncident(trial, truth, ({ named }) => ([...named].some((name) => isTrueComponent(truth, name)) ? 1 : 0)),
} satisfies Metric;
