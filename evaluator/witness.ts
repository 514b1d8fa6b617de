import type { Component, Instant, Telemetry } from "../agent/telemetry/model.ts";

/** What the judge can look up in the recording itself, which the record of a run does not hold. */
export interface Witness {
  /** Who called whom in healthy time. */
  readonly edges: readonly (readonly [caller: Component, callee: Component])[];
  /** The telemetry as it could be seen at that moment; absent where the recording is not at hand any more. */
  asOf?(at: Instant): Telemetry;
}
