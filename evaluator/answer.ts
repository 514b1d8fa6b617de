import type { Diagnosis, FaultClass, Stamped } from "../agent/investigation.ts";
import type { Component } from "../agent/telemetry/model.ts";
import type { Cause, Truth } from "../scenarios/scenario.ts";
import { begin } from "./episodes.ts";
import type { Run } from "./run.ts";
import { type TieGroup, tieGroups } from "./stats/ties.ts";

export interface Pair {
  readonly component: Component;
  readonly cause: FaultClass;
  readonly confidence: number;
}
/** What an agent said it was: a pure fold of its findings inside the judged window. */
export interface Answer {
  /** Components, best first; equal confidence is one group. */
  readonly ranked: readonly TieGroup<Component>[];
  readonly pairs: readonly TieGroup<Pair>[];
  /** What it says it was, as opposed to considered. */
  readonly named: ReadonlySet<Component>;
  readonly at: number | null;
  readonly confidence: number | null;
}

export const tidy = (name: string): Component => name.normalize("NFC").trim().toLowerCase();

/** The time in which an answer counts: something is wrong and has not begun to be taken back. */
export function judgedWindow(run: Run): { from: number; to: number } {
  const from = begin(run) ?? run.startedAt;
  return { from, to: run.revertingAt ?? run.endedAt };
}

/** The last diagnosis inside the judged window; an earlier one is an accusation, a later one saw the undo. */
export function judgedDiagnosis(run: Run, findings: readonly Stamped[]): Stamped<Diagnosis> | undefined {
  const { from, to } = judgedWindow(run);
  return findings.findLast(
    (one): one is Stamped<Diagnosis> => one.kind === "diagnosis" && one.at >= from && one.at <= to,
  );
}

/** What that diagnosis says; nothing without one. */
export function answerOf(run: Run, findings: readonly Stamped[]): Answer {
  const last = judgedDiagnosis(run, findings);
  return last ? read(last) : { ranked: [], pairs: [], named: new Set(), at: null, confidence: null };
}

function read(diagnosis: Stamped<Diagnosis>): Answer {
  const pairs = diagnosis.hypotheses
    .map(({ component, cause, confidence }) => ({ component: tidy(component), cause, confidence }))
    .sort((a, b) => b.confidence - a.confidence);
  const best = new Map<Component, number>();
  for (const pair of pairs) if (!best.has(pair.component)) best.set(pair.component, pair.confidence);
  const ranked = tieGroups([...best], ([, confidence]) => confidence).map((group) => group.map(([name]) => name));
  const asserted = diagnosis.outcome === "incident" ? diagnosis.named : 0;
  const named = new Set(diagnosis.hypotheses.slice(0, asserted).map((one) => tidy(one.component)));
  return {
    ranked,
    pairs: tieGroups(pairs, (pair) => pair.confidence),
    named,
    at: diagnosis.at,
    confidence: pairs[0]?.confidence ?? null,
  };
}

/** All names under which a cause is right: itself, what the scenario accepts, and for an edge `a->b` its callee. */
export function acceptedNames(cause: Cause): ReadonlySet<Component> {
  const callee = cause.component.split("->")[1];
  return new Set([cause.component, ...(callee ? [callee] : []), ...(cause.accepts ?? [])].map(tidy));
}
export function isTrueComponent(truth: Truth, component: Component): boolean {
  return truth.incident && truth.causes.some((cause) => acceptedNames(cause).has(component));
}
export function isTrueClass(truth: Truth, pair: Pair): boolean {
  if (!truth.incident) return false;
  return truth.causes.some(
    (cause) =>
      acceptedNames(cause).has(pair.component) && [cause.cause, ...(cause.acceptsCause ?? [])].includes(pair.cause),
  );
}
/** How named causes overlap the true ones, matched one to one: two names of one cause are one hit. */
export function overlap(causes: readonly Cause[], named: ReadonlySet<Component>): number {
  let left = [...causes];
  const take = (fits: (cause: Cause) => boolean): boolean => {
    const found = left.find(fits);
    if (found) left = left.filter((cause) => cause !== found);
    return found !== undefined;
  };
  // Own names first: an edge must not take the name of its callee from a cause that is the callee.
  const others = [...named].filter((name) => !take(({ component }) => tidy(component) === name));
  for (const name of others) take((cause) => acceptedNames(cause).has(name));
  return causes.length - left.length;
}
/** Named and true match one to one, nothing missing, nothing extra. */
export function exactSet(truth: Truth, named: ReadonlySet<Component>): boolean {
  const causes = truth.incident ? truth.causes : [];
  return named.size === causes.length && overlap(causes, named) === causes.length;
}
