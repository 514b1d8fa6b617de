import { createHash } from "node:crypto";
import { answerOf } from "../answer.ts";
import type { Sealed } from "../archive/sealed.ts";
import type { Verdict } from "../trial-record.ts";
import type { CaseScore } from "./accepted.ts";

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
  };
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
