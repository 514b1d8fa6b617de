import { FAULT_CLASSES, type Hypothesis, type Stamped } from "../../agent/investigation.ts";
import type { Component } from "../../agent/telemetry/model.ts";
import { judgedWindow } from "../answer.ts";
import { judge } from "../judge.ts";
import type { CaseRecord } from "../leaderboard/case-record.ts";
import { lineOf, type TrialLine } from "../leaderboard/trial-line.ts";
import { trialOf } from "../trial.ts";
import { NOTHING_SEEN, unseen } from "./nothing-seen.ts";

/** A component and the chance that it is to blame. */
export interface Guess {
  readonly component: Component;
  readonly cause: Hypothesis["cause"];
  readonly chance: number;
}

/** The trial of somebody who has seen no telemetry, raises no alarm, and says the same whatever happens. */
export function blind(agent: string, record: CaseRecord, guesses: readonly Guess[]): TrialLine {
  const { run, truth, edges } = record;
  const sorted = guesses.toSorted((a, b) => b.chance - a.chance);
  const best = sorted[0]?.chance ?? 0;
  const said: Stamped = {
    kind: "diagnosis",
    outcome: "incident",
    hypotheses: sorted.map(({ component, cause, chance }) => unseen(component, cause, chance, `${agent} says so`)),
    // A tie at the top cannot be an exact answer.
    named: sorted.filter(({ chance }) => chance >= best * (1 - 1e-9)).length,
    picture: NOTHING_SEEN,
    gaps: [],
    at: judgedWindow(run).from,
    thinking: 0,
  };
  const thoughts = { findings: [said], crashed: null, thinking: { total: 0, longestTick: 0 } };
  const trial = { ...trialOf(run, truth, agent, thoughts), witness: { edges } };
  const line = lineOf(judge(trial, truth), true);
  // What it says is known by its rule; the guesses of a large inventory would fill the file.
  return { ...line, findings: [] };
}

/** Any component and any class, each as good as the others: what AC@k, MRR and joint@1 are worth by chance alone. */
export function chance(record: CaseRecord): TrialLine {
  const { components } = record.run;
  const share = 1 / Math.max(1, components.length * FAULT_CLASSES.length);
  const guesses = components.flatMap((component) =>
    FAULT_CLASSES.map((cause) => ({ component, cause, chance: share })),
  );
  return blind("chance", record, guesses);
}
