import type { Truth } from "../scenarios/scenario.ts";
import { answerOf, exactSet } from "./answer.ts";
import type { State, Trial } from "./trial-record.ts";

/** One of five states, in this order: a broken run is never a score, a crashed agent is never a missing row. */
export function stateOf(trial: Trial, truth: Truth): State {
  if (!trial.validity.ok) return "invalid";
  if (trial.crashed !== null || malformed(trial)) return "agent-error";
  return truth.incident ? onIncident(trial, truth) : onControl(trial);
}

function onIncident(trial: Trial, truth: Truth): State {
  const { named } = answerOf(trial.run, trial.findings);
  if (named.size === 0) return "no-answer";
  return exactSet(truth, named) ? "correct" : "wrong";
}

/** On a control the whole run counts: an alarm at any time, or a cause named, is a false one. */
function onControl(trial: Trial): State {
  const cried = trial.findings.some((one) => one.kind === "alarm" || (one.kind === "diagnosis" && one.named > 0));
  return cried ? "wrong" : "correct";
}

function malformed(trial: Trial): boolean {
  return trial.findings.some(
    (one) => one.kind === "diagnosis" && one.hypotheses.some(({ confidence: p }) => !(p >= 0 && p <= 1)),
  );
}
