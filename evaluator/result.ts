import { answerOf, isTrueComponent } from "./answer.ts";
import { expectedRank } from "./stats/ties.ts";
import type { Verdict } from "./trial-record.ts";

/** What `--json` prints: the stable form for other tools. */
export interface Result {
  readonly schema: 1;
  readonly runId: string;
  readonly scenario: string;
  readonly agent: string;
  readonly seed: number;
  readonly state: Verdict["state"];
  /** Expected rank of the true cause, 1 is best; null if it is not in the answer or there is none. */
  readonly rank: number | null;
  readonly truth: object;
  readonly answer: object;
  readonly measurements: Readonly<Record<string, object>>;
  /** Of the watch: requests a second, ms, shares. */
  readonly load: object;
  readonly broken: readonly object[];
  readonly report: string;
}

export function resultOf({ trial, truth, state, measurements }: Verdict, report: string): Result {
  const { run, investigation } = trial;
  const answer = answerOf(run, trial.findings);
  const { offered, achieved, dropped, p50, p95, p99, errorShare } = run.load.incident ?? run.load.all;
  return {
    schema: 1,
    runId: run.id,
    scenario: run.scenario,
    agent: trial.agent,
    seed: run.seed,
    state,
    rank: expectedRank(answer.ranked, (name) => isTrueComponent(truth, name)) ?? null,
    truth: truth.incident ? { incident: true, causes: truth.causes } : { incident: false },
    answer: {
      outcome: investigation.outcome,
      named: [...answer.named],
      hypotheses: answer.pairs.flat().map(({ component, cause, confidence }) => ({ component, cause, confidence })),
    },
    measurements: Object.fromEntries(measurements),
    load: { offered, achieved, dropped, p50, p95, p99, errorShare },
    broken: trial.validity.ok ? [] : trial.validity.broken,
    report,
  };
}
