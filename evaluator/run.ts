import type { Component, Instant, Millis } from "../agent/telemetry/model.ts";
import type { TriggerKind } from "../generator/faults/fault.ts";
import type { Bin, Normal, Objective } from "../generator/traffic/users.ts";

/** A phase as it was driven. */
export interface DrivenPhase {
  readonly name: string;
  readonly kind: string;
  readonly from: Instant;
  readonly to: Instant;
  /** Requests a second offered to each app at the start of the phase. */
  readonly rps: Readonly<Record<string, number>>;
}
export interface InjectedFault {
  readonly kind: string;
  readonly on: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly trigger: TriggerKind;
  readonly requestedAt: Instant;
  readonly effective: { readonly notBefore: Instant; readonly notAfter: Instant };
  readonly impact: {
    readonly mechanism: boolean;
    readonly users: boolean;
    readonly evidence: readonly unknown[];
  } | null;
  readonly doses: readonly { readonly at: Instant; readonly dose: number }[];
  readonly reverted: string | null;
}
/** The load as offered and as achieved, for the whole run and while the fault was in force. */
export interface LoadFigures {
  readonly offered: number;
  readonly achieved: number;
  readonly dropped: number;
  readonly p50: Millis;
  readonly p95: Millis;
  readonly p99: Millis;
  readonly errorShare: number;
  /** Due to sent, 99th percentile: the generator's own health. */
  readonly slip: Millis;
}
/** What was done and what users felt; holds no answer of an agent. */
export interface Run {
  readonly id: string;
  readonly case: string;
  readonly scenario: string;
  readonly title: string;
  readonly seed: number;
  readonly mode: "watch";
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly phases: readonly DrivenPhase[];
  readonly faults: readonly InjectedFault[];
  /** First moment at which the fault was in force: injection. */
  readonly inForceAt: Instant | null;
  /** First harm that users felt: onset. */
  readonly harmAt: Instant | null;
  readonly revertingAt: Instant | null;
  readonly revertedAt: Instant | null;
  readonly recoveredAt: Instant | null;
  /** What users felt, in 5 s bins by due time, of all requests and of each entry app. */
  readonly users: Readonly<Record<string, readonly Bin[]>>;
  readonly normal: Readonly<Record<string, Normal>>;
  /** What users were promised, where the scenario says so. */
  readonly objective?: Objective;
  readonly load: {
    readonly all: LoadFigures;
    readonly incident: LoadFigures | null;
    readonly phases: readonly (LoadFigures & { readonly name: string })[];
    /** Failing share of each app's requests in the incident, with how they failed. */
    readonly apps: Readonly<
      Record<
        string,
        { readonly requests: number; readonly errorShare: number; readonly how: Readonly<Record<string, number>> }
      >
    >;
  };
  readonly health: Health;
  readonly components: readonly Component[];
  /** Read from a public data set: what users felt and what the load was are not known. */
  readonly imported?: { readonly format: string; readonly name: string };
  /** Stopped before its end, and why. */
  readonly stopped: { readonly rule: string; readonly saw: string; readonly limit: string } | null;
}
/** What the validity rules look at besides the run. */
export interface Health {
  /** Per app: root server spans received for each answered request, outside the time of the fault. */
  readonly spanShare: Readonly<Record<string, number>>;
  readonly refusedBatches: number;
  readonly redactions: number;
  readonly leaks: number;
  readonly idleCpu: number;
  readonly residue: readonly string[];
}
