import type { FaultClass } from "../agent/investigation.ts";
import type { Component } from "../agent/telemetry/model.ts";
import type { Phase } from "../generator/phase.ts";
import type { Millis, Target } from "../generator/targets/target.ts";
import type { Objective } from "../generator/traffic/users.ts";

export interface Cause {
  readonly component: Component;
  readonly cause: FaultClass;
  /** Other names for the same place: for an edge by default its callee. */
  readonly accepts?: readonly Component[];
  /** Other classes that describe the same mechanism. */
  readonly acceptsCause?: readonly FaultClass[];
}
/** What was really done; no agent sees it. */
export type Truth =
  | { readonly incident: false; readonly decoys?: readonly Component[] }
  | {
      readonly incident: true;
      readonly causes: readonly [Cause, ...Cause[]];
      /** `none`, or `change`: set off by one; a run's sealed truth holds the id that the platform gave it. */
      readonly trigger: string;
      /** In words, for the report. */
      readonly mechanism: string;
      readonly symptoms?: readonly Component[];
      readonly decoys?: readonly Component[];
      readonly remedies?: { readonly accepted: readonly string[]; readonly rejected: readonly string[] };
    };

export interface Scenario {
  /** One line for people; never shown to an agent. */
  readonly title: string;
  readonly target: Target;
  readonly phases: readonly [Phase, ...Phase[]];
  readonly truth: Truth;
  /** What users were promised; without it, slower than twice the usual hurts them. */
  readonly objective?: Objective;
  /** Phase lengths of the long form (`--full`), by phase name. */
  readonly full?: Readonly<Record<string, Millis>>;
}
