import type { Diagnosis, Stamped } from "../../agent/investigation.ts";
import type { Instant, Telemetry } from "../../agent/telemetry/model.ts";
import { judgedDiagnosis } from "../answer.ts";
import type { Trial } from "../trial-record.ts";
import { type Ground, groundOf } from "./ground.ts";

export interface Claims {
  readonly all: number;
  readonly grounded: number;
  readonly contradicted: number;
}
/** Asking again takes a while, and several scores want to know. */
const known = new WeakMap<Trial, Claims>();

/** The claims behind the causes that the answer asserts, or behind its first candidate, each once. */
export function claimsOf(trial: Trial): Claims {
  const found = known.get(trial) ?? ask(trial);
  known.set(trial, found);
  return found;
}

function ask({ run, findings, witness }: Trial): Claims {
  const said = judgedDiagnosis(run, findings);
  if (said === undefined || witness?.asOf === undefined) return { all: 0, grounded: 0, contradicted: 0 };
  return asked(said, witness.asOf);
}

/** The claims behind one diagnosis. */
export interface Claimed extends Claims {
  /** When it was said. */
  readonly at: Instant;
}

/**
 * The claims behind each diagnosis, asked again, whichever of them will turn out to be the answer: it takes no truth to
 * do so.
 */
export function claimsIn(findings: readonly Stamped[], asOf: (at: Instant) => Telemetry): readonly Claimed[] {
  return findings.flatMap((one) => (one.kind === "diagnosis" ? [{ at: one.at, ...asked(one, asOf) }] : []));
}

function asked(said: Stamped<Diagnosis>, asOf: (at: Instant) => Telemetry): Claims {
  const blamed = said.hypotheses.slice(0, Math.max(1, said.named));
  const claims = new Map(blamed.flatMap(({ evidence }) => evidence.map((one) => [one.id, one] as const)));
  const seen = asOf(said.at);
  const grounds = [...claims.values()].map((one) => groundOf(one, seen));
  const of = (kind: Ground): number => grounds.filter((one) => one === kind).length;
  return { all: grounds.length, grounded: of("grounded"), contradicted: of("contradicted") };
}
