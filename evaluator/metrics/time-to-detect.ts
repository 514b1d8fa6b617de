import type { Truth } from "../../scenarios/scenario.ts";
import { detecting } from "../episodes.ts";
import type { Run } from "../run.ts";
import type { Measurement, Metric, Trial } from "../trial-record.ts";

/** From an instant of the run to the alarm that detects; right-censored at the end of the judged window. */
function since(trial: Trial, truth: Truth, instant: (run: Run) => number | null): Measurement {
  if (!truth.incident) return { kind: "not-applicable", why: "a control has nothing to detect" };
  if (trial.crashed !== null) return { kind: "missing", why: "the agent ended with an error" };
  const from = instant(trial.run);
  if (from === null) return { kind: "missing", why: "the run has no such instant" };
  const seen = detecting(trial.run, trial.findings);
  if (seen) return { kind: "value", value: seen.from - from };
  return { kind: "censored", after: (trial.run.revertingAt ?? trial.run.endedAt) - from };
}

/** Time to detect from the moment the fault was in force. */
export const fromInjection = {
  name: "ttd-from-injection",
  unit: "ms",
  better: "lower",
  measure: (trial, truth) => since(trial, truth, (run) => run.inForceAt),
} satisfies Metric;

/** Time to detect from the first harm users felt; negative is an early warning. */
export const fromOnset = {
  name: "ttd-from-onset",
  unit: "ms",
  better: "lower",
  measure: (trial, truth) => since(trial, truth, (run) => run.harmAt),
} satisfies Metric;
