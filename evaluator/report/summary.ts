import { answerOf } from "../answer.ts";
import type { Verdict } from "../trial-record.ts";

/** No name of a tool's interest is longer, in characters. */
const LONGEST = 1_000;

/** A few facts for tools, in a script element that no browser runs: nothing in it can end the element. */
export function summary(verdict: Verdict): string {
  const { trial, truth, state, measurements } = verdict;
  const answer = answerOf(trial.run, trial.findings);
  const told = {
    schema: 1,
    run: trial.run.id,
    scenario: trial.run.scenario,
    agent: trial.agent,
    state,
    named: [...answer.named],
    confidence: answer.confidence,
    causes: truth.incident ? truth.causes.map(({ component, cause }) => ({ component, cause })) : [],
    measurements: [...measurements].map(([name, measured]) => ({ name, ...measured })),
  };
  return embedded(told);
}

/** A document as it may stand in a script element of a page. */
export function embedded(told: object): string {
  const formed = (_: string, value: unknown): unknown =>
    typeof value === "string" ? value.slice(0, LONGEST).toWellFormed() : value;
  return JSON.stringify(told, formed).replace(
    /[<>&\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
