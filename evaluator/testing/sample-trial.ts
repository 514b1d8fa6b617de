import { conclude } from "../../agent/conclude.ts";
import type { Diagnosis, Evidence, FaultClass, Hypothesis, Picture, Stamped } from "../../agent/investigation.ts";
import type { Cause, Truth } from "../../scenarios/scenario.ts";
import type { LoadFigures, Run } from "../run.ts";
import type { Trial } from "../trial-record.ts";

/** Hand-made trials for tests: a run of 300 s, injected at 180 s, felt at 185 s, taken back at 250 s. */
export const T0 = 1_800_000_000_000;
const at = (seconds: number): number => T0 + 1_000 * seconds;
const LOAD: LoadFigures = {
  offered: 40,
  achieved: 40,
  dropped: 0,
  p50: 5,
  p95: 20,
  p99: 40,
  errorShare: 0.05,
  slip: 2,
};

export function sampleRun(change: Partial<Run> = {}): Run {
  return {
    id: "r",
    case: "abcdefgh",
    scenario: "s",
    title: "t",
    seed: 1,
    mode: "watch",
    startedAt: at(0),
    endedAt: at(300),
    phases: [
      { name: "warm-up", kind: "warm-up", from: at(0), to: at(45), rps: {} },
      { name: "baseline", kind: "steady", from: at(45), to: at(180), rps: {} },
      { name: "watch", kind: "watch", from: at(180), to: at(250), rps: {} },
      { name: "recovery", kind: "recovery", from: at(250), to: at(300), rps: {} },
    ],
    faults: [],
    inForceAt: at(180),
    harmAt: at(185),
    revertingAt: at(250),
    revertedAt: at(251),
    recoveredAt: at(255),
    users: {},
    normal: {},
    load: { all: LOAD, incident: LOAD, phases: [{ name: "watch", ...LOAD }], apps: {} },
    health: { spanShare: { a: 1 }, refusedBatches: 0, redactions: 0, leaks: 0, idleCpu: 0.5, residue: [] },
    components: ["a", "b", "store"],
    stopped: null,
    ...change,
  };
}

export function incident(component: string, cause: FaultClass): Truth {
  const causes: readonly [Cause, ...Cause[]] = [{ component, cause }];
  return { incident: true, causes, trigger: "none", mechanism: "" };
}

export function alarm(seconds: number): Stamped {
  return { kind: "alarm", component: "a", text: "", evidence: [], at: at(seconds), thinking: 1 };
}

export function diagnosis(
  seconds: number,
  named: number,
  ...hypotheses: readonly (readonly [string, FaultClass, number])[]
): Stamped<Diagnosis> {
  const evidence: Evidence = {
    id: "e1",
    component: "a",
    signal: "errors",
    claim: "",
    direction: "up",
    query: { ask: "changes", within: { from: T0, to: T0 } },
  };
  return {
    kind: "diagnosis",
    outcome: named > 0 ? "incident" : "inconclusive",
    hypotheses: hypotheses.map(
      ([component, cause, confidence]): Hypothesis => ({
        component,
        cause,
        confidence,
        sentence: "",
        evidence: [evidence],
        against: [],
      }),
    ),
    named,
    picture: {} as Picture,
    gaps: [],
    at: at(seconds),
    thinking: 1,
  };
}

export function sampleTrial(findings: readonly Stamped[], change: Partial<Trial> = {}): Trial {
  return {
    run: sampleRun(),
    agent: "x",
    repeat: 1,
    validity: { ok: true },
    findings,
    investigation: conclude(findings),
    crashed: null,
    thinking: { total: 5, longestTick: 2 },
    ...change,
  };
}
