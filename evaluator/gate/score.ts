import { createHash } from "node:crypto";
import type { Truth } from "../../scenarios/scenario.ts";
import { answerOf, judgedDiagnosis } from "../answer.ts";
import type { Sealed } from "../archive/sealed.ts";
import { faultFree } from "../episodes.ts";
import type { Trial, Verdict } from "../trial-record.ts";
import type { CaseScore, RunScore } from "./accepted.ts";
import type { Known } from "./measures.ts";

/** What a verdict is worth to a gate. */
export function scoreOf({ trial, truth, state, measurements }: Verdict): CaseScore {
  const value = (metric: string): number | null => {
    const measured = measurements.get(metric);
    return measured?.kind === "value" ? measured.value : null;
  };
  const ttd = value("ttd-from-onset");
  // A crashed agent has no value, which is the worst one.
  const exact = truth.incident ? (value("exact-set") ?? 0) : state === "correct" ? 1 : 0;
  return {
    cluster: clusterOf({ run: trial.run, truth }),
    state,
    exact_set: exact,
    ttd_ms: ttd === null ? null : Math.max(0, Math.round(ttd)),
    false_alarms: value("false-alarms") ?? 0,
    ...groundedOf(trial, truth),
  };
}

/** On incidents where the claims were asked again. */
function groundedOf({ run, findings, claims }: Trial, truth: Truth): Pick<CaseScore, "grounded"> {
  if (claims === undefined || !truth.incident) return {};
  const said = judgedDiagnosis(run, findings);
  const own = said && claims.findLast(({ at }) => at === said.at);
  if (own === undefined) return { grounded: null };
  return { grounded: own.all === 0 ? 0 : own.grounded / own.all };
}

/** The same of one run of several. */
export function runScoreOf(verdict: Verdict, repeat: number): RunScore {
  const { cluster: _, ...score } = scoreOf(verdict);
  return { repeat, ...score };
}

/** Several runs as one score, for views: means, and the commonest state. */
export function meanScore(cluster: string, runs: readonly RunScore[]): CaseScore {
  const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
  const detected = runs.flatMap(({ ttd_ms }) => (ttd_ms === null ? [] : [ttd_ms]));
  const times = Map.groupBy(runs, ({ state }) => state);
  const proved = runs.flatMap(({ grounded }) => (typeof grounded === "number" ? [grounded] : []));
  const [[state] = ["no-answer" as const]] = [...times].sort(([, a], [, b]) => b.length - a.length);
  return {
    cluster,
    state,
    exact_set: mean(runs.map(({ exact_set }) => exact_set)),
    ttd_ms: detected.length === 0 ? null : Math.round(mean(detected)),
    false_alarms: mean(runs.map(({ false_alarms }) => false_alarms)),
    ...(proved.length === 0 ? {} : { grounded: mean(proved) }),
  };
}

/** What a gate has to know of a case besides what was said. */
export function knownOf({ run, truth }: Sealed): Known {
  const calm = faultFree(run).reduce((sum, { from, to }) => sum + to - from, 0);
  const window = truth.incident && run.harmAt !== null ? (run.revertingAt ?? run.endedAt) - run.harmAt : null;
  return { cluster: clusterOf({ run, truth }), incident: truth.incident, calm, window };
}

/** What was named, in the order of its confidence. */
export function namedBy({ trial }: Verdict): readonly string[] {
  return [...answerOf(trial.run, trial.findings).named];
}

/**
 * Cases that resemble each other share a cluster: the same kinds of fault in the same places, whatever seed or decoy. A
 * short hash, so that what is committed beside the recordings does not say what was done.
 */
export function clusterOf({ run, truth }: Sealed): string {
  const faults = run.faults.map(({ kind, on }) => `${kind} ${on}`).sort();
  const causes = truth.incident ? truth.causes.map(({ component, cause }) => `${component} ${cause}`).sort() : [];
  const what = truth.incident ? [...faults, ...causes].join("\n") : `control ${run.scenario}`;
  return createHash("sha256").update(what).digest("hex").slice(0, 6);
}
