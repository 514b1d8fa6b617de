import { describe, expect, it } from "vitest";
import type { Run } from "./run.ts";
import { incident, sampleRun } from "./testing/sample-trial.ts";
import { validity } from "./validity.ts";

const truth = incident("a", "cpu");
const broken = (change: Partial<Run>, of = truth): string[] => {
  const result = validity(sampleRun(change), of);
  return result.ok ? [] : result.broken.map(({ rule }) => rule);
};
const healthy = sampleRun().health;

describe("a run counts", () => {
  it("when nothing is broken", () => expect(broken({})).toEqual([]));
  const cases: readonly (readonly [string, Partial<Run>])[] = [
    ["users hurt", { harmAt: null }],
    ["recovered", { recoveredAt: null }],
    ["taken back", { health: { ...healthy, residue: ["intent x"] } }],
    ["telemetry complete", { health: { ...healthy, spanShare: { a: 0.9 } } }],
    ["telemetry complete", { health: { ...healthy, refusedBatches: 1 } }],
    ["host not starved", { health: { ...healthy, idleCpu: 0.05 } }],
    ["nothing told", { health: { ...healthy, leaks: 1 } }],
    ["steady before", { stopped: { rule: "steady before", saw: "", limit: "" } }],
  ];
  for (const [rule, change] of cases)
    it(`not when ${rule} is broken: ${Object.keys(change)}`, () => expect(broken(change)).toContain(rule));
  it("not when the load was not reached", () => {
    const load = sampleRun().load;
    const short = load.phases.map((phase) => ({ ...phase, achieved: 30 }));
    expect(broken({ load: { ...load, phases: short } })).toEqual(["load reached (watch)"]);
    const late = load.phases.map((phase) => ({ ...phase, slip: 80 }));
    expect(broken({ load: { ...load, phases: late } })).toEqual(["load reached (watch)"]);
  });
  it("not when the fault never acted", () => {
    const fault = {
      kind: "k",
      on: "a",
      params: {},
      trigger: "latent" as const,
      requestedAt: 0,
      effective: { notBefore: 0, notAfter: 0 },
      impact: { mechanism: false, users: false, evidence: [] },
      doses: [],
      reverted: "restored",
    };
    expect(broken({ faults: [fault] })).toEqual(["fault in force"]);
    expect(broken({ faults: [{ ...fault, impact: null, reverted: null }] })).toEqual(["fault in force", "taken back"]);
  });
  it("not when users were hurt in a control", () => expect(broken({}, { incident: false })).toEqual(["control quiet"]));
});
