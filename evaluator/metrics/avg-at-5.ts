import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";
import { acAt } from "./ranking.ts";

const PLACES = [1, 2, 3, 4, 5];

/** Mean of AC@1 to AC@5: how early in the list the true causes come. */
export default {
  name: "avg-at-5",
  unit: "share",
  better: "higher",
  measure: (trial, truth) =>
    onIncident(
      trial,
      truth,
      ({ ranked }, incident) => PLACES.reduce((sum, k) => sum + acAt(ranked, incident, k), 0) / PLACES.length,
    ),
} satisfies Metric;
