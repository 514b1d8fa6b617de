import type { Component } from "../../../agent/telemetry/model.ts";
import { acceptedNames, answerOf, tidy } from "../../answer.ts";
import type { Verdict } from "../../trial-record.ts";
import type { Topology } from "./topology.ts";

/** What parts a component or an edge `a->b` plays, as words. */
export interface Roles {
  readonly truly: boolean;
  readonly named: boolean;
  readonly symptom: boolean;
  readonly decoy: boolean;
  readonly entry: boolean;
  /** As the agent judged it; null for what it said nothing about. */
  readonly health: string | null;
}

/** Roles of a component, or of an edge written `a->b`. */
export type Rolled = (component: Component) => Roles;

/** Marks of truth and answer for the map. An edge's callee is an accepted name but only the edge itself is marked as the cause. */
export function rolesOf(verdict: Verdict, { states }: Topology): Rolled {
  const { truth, trial } = verdict;
  const named = answerOf(trial.run, trial.findings).named;
  const incident = truth.incident ? truth : null;
  const symptoms = new Set((incident?.symptoms ?? []).map(tidy));
  const decoys = new Set((truth.decoys ?? []).map(tidy));
  return (component) => {
    const state = states.get(component);
    const own = tidy(component);
    return {
      truly: (incident?.causes ?? []).some((cause) => tidy(cause.component) === own),
      named: named.has(own),
      symptom: symptoms.has(own),
      decoy: decoys.has(own),
      entry: state?.entry ?? Object.hasOwn(trial.run.users, component),
      health: state?.health ?? null,
    };
  };
}

/** Whether the name would count as right, for the table under the map. */
export const wouldCount = (verdict: Verdict, component: Component): boolean =>
  verdict.truth.incident && verdict.truth.causes.some((cause) => acceptedNames(cause).has(tidy(component)));

/** Marks of an answer where no truth is known. */
export function answered(named: ReadonlySet<Component>, { states }: Topology): Rolled {
  return (component) => {
    const state = states.get(component);
    return {
      truly: false,
      named: named.has(component),
      symptom: false,
      decoy: false,
      entry: state?.entry ?? false,
      health: state?.health ?? null,
    };
  };
}
