import { describe, expect, it } from "vitest";
import { everywhere, type SettledPhase } from "../../generator/phase.ts";
import { constant } from "../../generator/traffic/load.ts";
import { sampleRun, T0 } from "../testing/sample-trial.ts";
import { beginning, type Quiet, quietAfter } from "./quiet.ts";

const load = everywhere(constant(10));
const phases: readonly SettledPhase[] = [
  { name: "w", kind: "warm-up", lasts: 45_000, load, changes: [] },
  {
    name: "b",
    kind: "steady",
    lasts: 130_000,
    load,
    changes: [{ does: "restart", on: "sample-metrics-app", after: 39_000 }],
  },
  {
    name: "x",
    kind: "watch",
    lasts: 80_000,
    load,
    changes: [{ does: "restart", on: "sample-metrics-app", after: 40_000 }],
  },
  { name: "r", kind: "recovery", lasts: 150_000, load, changes: [] },
];
const quiet = (seconds: number): Quiet => ({ from: T0, to: T0 + 1_000 * seconds });
const begun = (seconds: number, pause = 1_000, draw = 0) =>
  beginning(phases, quiet(seconds), T0 + 1_000 * seconds + pause, () => draw);
const steady = (of: readonly SettledPhase[]): number | undefined => of.find(({ kind }) => kind === "steady")?.lasts;

describe("quiet time", () => {
  const fault = {
    kind: "k",
    on: "a",
    params: {},
    trigger: "latent" as const,
    requestedAt: 0,
    effective: { notBefore: 0, notAfter: 0 },
    impact: null,
    doses: [],
  };
  it("begins when the last requests of the hurt time have ended, and lasts to the end of the drill", () => {
    const { recoveredAt, endedAt } = sampleRun();
    expect(quietAfter(sampleRun())).toEqual({ from: (recoveredAt ?? 0) + 5_000, to: endedAt });
  });
  it("there is none when users were not well again", () =>
    expect(quietAfter(sampleRun({ recoveredAt: null }))).toBeUndefined());
  it("there is none when a fault may still act", () => {
    expect(quietAfter(sampleRun({ faults: [{ ...fault, reverted: "restored" }] }))).toBeDefined();
    for (const reverted of ["failed", "superseded", null])
      expect(quietAfter(sampleRun({ faults: [{ ...fault, reverted }] }))).toBeUndefined();
  });
});

describe("a drill after quiet time", () => {
  it("warms nothing up, and what its agent sees of healthy time is two minutes in all", () => {
    const { phases: found, since } = begun(50);
    expect(found.map(({ kind }) => kind)).toEqual(["steady", "watch", "recovery"]);
    expect([steady(found), since]).toEqual([70_000, T0]);
  });
  it("is healthy at least as long as the gate needs, and a draw more", () => {
    expect(steady(begun(110).phases)).toBe(65_000);
    expect(steady(begun(110, 1_000, 0.5).phases)).toBe(80_000);
  });
  it("makes its harmless changes as much earlier as it is shorter", () => {
    const [healthy, watch] = begun(55).phases;
    expect(healthy?.changes[0]?.after).toBe(19_500);
    expect(watch?.changes[0]?.after).toBe(40_000);
  });
  it("that was too long ago, or after none, begins like the first", () => {
    const now = T0 + 60_000;
    expect(begun(50, 10_000)).toEqual({ phases, since: now });
    expect(beginning(phases, undefined, now, () => 0)).toEqual({ phases, since: now });
  });
});
