import { describe, expect, it } from "vitest";
import { judge, METRICS } from "./judge.ts";
import { alarm, diagnosis, incident, sampleRun, sampleTrial } from "./testing/sample-trial.ts";
import type { Trial } from "./trial-record.ts";

const truth = incident("a", "pool-exhaustion");
const measured = (trial: Trial, name: string) => judge(trial, truth).measurements.get(name);

describe("the judge", () => {
  const perfect = sampleTrial([alarm(190), diagnosis(190, 1, ["a", "pool-exhaustion", 0.9], ["b", "cpu", 0.1])]);
  it("gives the perfect answer every point", () => {
    const { state, measurements } = judge(perfect, truth);
    expect(state).toBe("correct");
    for (const name of ["ac-at-1", "exact-set", "joint-at-1"])
      expect(measurements.get(name)).toMatchObject({ kind: "value", value: 1 });
    expect(measurements.get("cause-rank")).toMatchObject({ value: 1 });
    expect(measurements.get("ttd-from-onset")).toMatchObject({ value: 5_000 });
    expect(measurements.get("ttd-from-injection")).toMatchObject({ value: 10_000 });
    expect(measurements.get("false-alarms")).toMatchObject({ value: 0 });
  });
  it("calls another component wrong, and the right one at rank 2", () => {
    const trial = sampleTrial([alarm(190), diagnosis(190, 1, ["b", "cpu", 0.9], ["a", "pool-exhaustion", 0.1])]);
    expect(judge(trial, truth).state).toBe("wrong");
    expect(measured(trial, "ac-at-1")).toMatchObject({ value: 0 });
    expect(measured(trial, "cause-rank")).toMatchObject({ value: 2 });
  });
  it("scores a tie by expectation, not by list order", () => {
    const tie = sampleTrial([diagnosis(190, 1, ["b", "cpu", 0.5], ["a", "pool-exhaustion", 0.5])]);
    expect(measured(tie, "ac-at-1")).toMatchObject({ value: 0.5 });
  });
  it("counts a silent agent as no answer, its detection as censored", () => {
    const silent = sampleTrial([]);
    expect(judge(silent, truth).state).toBe("no-answer");
    expect(measured(silent, "ttd-from-onset")).toMatchObject({ kind: "censored", after: 65_000 });
  });
  it("leaves a crashed agent's scores missing, and never calls it right", () => {
    const crashed = sampleTrial(perfect.findings, { crashed: "TypeError" });
    const { state, measurements } = judge(crashed, truth);
    expect(state).toBe("agent-error");
    for (const { name } of METRICS) expect(measurements.get(name)?.kind, name).not.toBe("value");
  });
  it("accepts for an edge the edge or its callee, not its caller", () => {
    const edge = incident("a->b", "network-latency");
    const named = (name: string) => judge(sampleTrial([diagnosis(190, 1, [name, "network-latency", 0.9])]), edge).state;
    expect([named("a->b"), named("b"), named("a")]).toEqual(["correct", "correct", "wrong"]);
  });
  it("reads no diagnosis from before the injection or after the undo began", () => {
    const outside = sampleTrial([
      diagnosis(100, 1, ["a", "pool-exhaustion", 0.9]),
      diagnosis(260, 1, ["a", "pool-exhaustion", 0.9]),
    ]);
    expect(judge(outside, truth).state).toBe("no-answer");
  });
  it("calls an alarm before the injection false, and it detects nothing", () => {
    const early = sampleTrial([alarm(100)]);
    expect(measured(early, "false-alarms")).toMatchObject({ value: 1 });
    expect(measured(early, "ttd-from-injection")?.kind).toBe("censored");
  });
  it("counts from the first harm when the meters said yes only later", () => {
    const run = sampleRun({ inForceAt: sampleRun().startedAt + 188_000 });
    const quick = sampleTrial([alarm(186), diagnosis(187, 1, ["a", "pool-exhaustion", 0.9])], { run });
    expect(judge(quick, truth).state).toBe("correct");
    expect(measured(quick, "false-alarms")).toMatchObject({ value: 0 });
    expect(measured(quick, "ttd-from-onset")).toMatchObject({ value: 1_000 });
    expect(measured(quick, "ttd-from-injection")).toMatchObject({ value: -2_000 });
  });
  it("calls any alarm on a control wrong, silence correct", () => {
    const run = sampleRun({ inForceAt: null, harmAt: null });
    const control = (findings: Trial["findings"]) => judge(sampleTrial(findings, { run }), { incident: false }).state;
    expect([control([]), control([alarm(200)])]).toEqual(["correct", "wrong"]);
  });
  it("lets an invalid run have no other state", () => {
    const broken = [{ rule: "users hurt", saw: "no onset", limit: "" }];
    expect(judge(sampleTrial(perfect.findings, { validity: { ok: false, broken } }), truth).state).toBe("invalid");
  });
  it("refuses a confidence that is no probability", () => {
    expect(judge(sampleTrial([diagnosis(190, 1, ["a", "pool-exhaustion", 1.2])]), truth).state).toBe("agent-error");
  });
});
