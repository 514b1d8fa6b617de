import type { Investigation, Stamped } from "../agent/investigation.ts";
import type { Millis } from "../agent/telemetry/model.ts";
import type { Truth } from "../scenarios/scenario.ts";
import type { Claimed } from "./grounds/claims.ts";
import type { Run } from "./run.ts";
import type { Witness } from "./witness.ts";

export type Validity = { readonly ok: true } | { readonly ok: false; readonly broken: readonly Broken[] };
export interface Broken {
  readonly rule: string;
  readonly saw: string;
  readonly limit: string;
}
/** One agent on one run. */
export interface Trial {
  readonly run: Run;
  readonly agent: string;
  readonly repeat: number;
  readonly validity: Validity;
  readonly findings: readonly Stamped[];
  readonly investigation: Investigation;
  /** The agent threw, or broke the protocol. */
  readonly crashed: string | null;
  /** Wall time the agent thought in all, and the longest it took over one tick. */
  readonly thinking: { readonly total: Millis; readonly longestTick: Millis };
  /** What asking again said of the claims behind each diagnosis; only where it was asked for. */
  readonly claims?: readonly Claimed[];
  /** Present where the judge has the recording at hand and was told to look. */
  readonly witness?: Witness;
}
export type State = "correct" | "wrong" | "no-answer" | "agent-error" | "invalid";

export type Unit = "share" | "ms" | "count" | "usd" | "per-hour";
export type Measurement =
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "censored"; readonly after: Millis }
  | { readonly kind: "not-applicable"; readonly why: string }
  | { readonly kind: "missing"; readonly why: string };
export interface Metric {
  readonly name: string;
  readonly unit: Unit;
  readonly better: "lower" | "higher";
  measure(trial: Trial, truth: Truth): Measurement;
}
export interface Verdict {
  readonly trial: Trial;
  readonly truth: Truth;
  readonly state: State;
  readonly measurements: ReadonlyMap<string, Measurement & { readonly unit: Unit }>;
}
