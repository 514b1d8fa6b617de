import { claimsOf } from "../grounds/claims.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** Share of the claims behind the answer that hold when the judge asks again; none made is 0. */
export default {
  name: "claim-grounded",
  unit: "share",
  better: "higher",
  measure(trial, truth) {
    if (trial.witness?.asOf === undefined) return { kind: "not-applicable", why: "the recording was not asked again" };
    return onIncident(trial, truth, () => {
      const { all, grounded } = claimsOf(trial);
      return all === 0 ? 0 : grounded / all;
    });
  },
} satisfies Metric;
