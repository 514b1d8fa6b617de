import { claimsOf } from "../grounds/claims.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** Share of the claims behind the answer that the recording denies when the judge asks again. */
export default {
  name: "claim-contradicted",
  unit: "share",
  better: "lower",
  measure(trial, truth) {
    if (trial.witness?.asOf === undefined) return { kind: "not-applicable", why: "the recording was not asked again" };
    return onIncident(trial, truth, () => {
      const { all, contradicted } = claimsOf(trial);
      return all === 0 ? 0 : contradicted / all;
    });
  },
} satisfies Metric;
