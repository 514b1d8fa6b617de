import type { Truth } from "../../scenarios/scenario.ts";
import { type Answer, answerOf } from "../answer.ts";
import type { Measurement, Trial } from "../trial-record.ts";

const CRASHED: Measurement = { kind: "missing", why: "the agent ended with an error" };
const CONTROL: Measurement = { kind: "not-applicable", why: "a control has no cause to find" };

type Incident = Extract<Truth, { incident: true }>;
/** Measures an answer to an incident; a control is not applicable, a crashed agent is missing. */
export function onIncident(
  trial: Trial,
  truth: Truth,
  score: (answer: Answer, truth: Incident) => number,
): Measurement {
  if (!truth.incident) return CONTROL;
  if (trial.crashed !== null) return CRASHED;
  return { kind: "value", value: score(answerOf(trial.run, trial.findings), truth) };
}
