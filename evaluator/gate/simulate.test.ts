import { describe, expect, it } from "vitest";
import { seeded } from "../../generator/phase.ts";
import { resampled } from "../stats/bootstrap.ts";
import { decide, detectable } from "./decide.ts";
import { see } from "./paired.ts";
import { powerAt, powerTold } from "./power.ts";
import { RULES } from "./rules.ts";
import { centreOf, simulate, unlucky, WORLD } from "./simulate.ts";
import { HEAD, rowTold, simulation } from "./simulation.ts";

const GATES = 300;

describe("the gate for agents that answer by chance, where the truth is known", () => {
  const held = (drop: number) => simulate({ ...WORLD, drop }, RULES, GATES, seeded(7));
  it("is red for at most 5 in 100 agents that have not changed", () => {
    const { fail, pass, runs, freshRuns } = held(0);
    expect(fail / GATES).toBeLessThanOrEqual(0.05);
    expect(pass / GATES).toBeGreaterThan(0.8);
    expect(runs).toBeLessThan(3.5);
    expect(freshRuns).toBeLessThan(1);
  });
  it("sees a drop of 10 points in at least 80 of 100", () =>
    expect(held(0.1).fail / GATES).toBeGreaterThanOrEqual(0.8));
  it("sees a drop of 15 points in at least 95 of 100", () =>
    expect(held(0.15).fail / GATES).toBeGreaterThanOrEqual(0.95));
  it("counts every gate once", () => {
    const { pass, fail, inconclusive, gates } = held(0.05);
    expect(pass + fail + inconclusive).toBe(gates);
  });
  it("is red more often against lucky accepted runs, and confirming helps", () => {
    const sets = { sets: 30, gates: 30 };
    const without = unlucky(WORLD, { ...RULES, confirm: 0, draws: 500 }, sets, seeded(3));
    const confirmed = unlucky(WORLD, { ...RULES, draws: 500 }, sets, seeded(3));
    expect(without).toBeGreaterThan(confirmed);
  });
  it("gives the same figures for the same seed, others for another", () => {
    const few = (seed: number) => simulate(WORLD, RULES, 20, seeded(seed));
    expect(few(1)).toEqual(few(1));
    expect(few(1)).not.toEqual(few(2));
  });
});

describe("its parts", () => {
  it("draw as the slow bootstrap does", () => {
    const clusters = [0.2, -0.4, 0, -1, 0.6];
    const drawn = new Float64Array(50);
    const pairs = { sums: Float64Array.from(clusters), weights: new Float64Array(5).fill(1) };
    see(pairs, 0.02, seeded(5), drawn);
    const mean = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0) / all.length;
    const slow = resampled(
      clusters.map((one) => [one]),
      mean,
      seeded(5),
      50,
    );
    [...drawn].forEach((one, i) => {
      expect(one).toBeCloseTo(slow[i] ?? Number.NaN, 12);
    });
  });
  it("find nothing in no difference, and certainty in one that is everywhere", () => {
    const at = (value: number) =>
      see(
        { sums: new Float64Array(30).fill(value), weights: new Float64Array(30).fill(1) },
        0.02,
        seeded(1),
        new Float64Array(999),
      );
    expect(at(0)).toMatchObject({ mean: 0, error: 0, low: 0, high: 0, p: 1 });
    expect(at(-1)).toMatchObject({ mean: -1, high: -1, p: 0.001 });
  });
  it.each([
    ["shown to be worse", -0.2, -0.01, true, true, "confirm"],
    ["still worse after fresh runs", -0.2, -0.01, false, false, "fail"],
    ["shown to be within the margin", -0.05, 0.05, false, true, "pass"],
    ["neither", -0.2, 0.05, false, true, "more"],
    ["neither, at the end", -0.2, 0.05, true, true, "inconclusive"],
  ] as const)("decide on what is %s", (_, low, high, last, confirmable, decision) =>
    expect(decide({ low, high }, 0.1, { last, confirmable })).toBe(decision),
  );
  it("know the drop that would be seen", () => expect(detectable(0.03, 0.02)).toBeCloseTo(0.03 * (2.05 + 0.84), 3));
  it("centre difficulties so that the mean is as asked", () => {
    expect(centreOf(0.5, 2)).toBeCloseTo(0, 6);
    expect(centreOf(0.85, 0)).toBeCloseTo(Math.log(0.85 / 0.15), 6);
  });
});

describe("the power at some number of clusters", () => {
  it("falls with their number", { timeout: 60_000 }, () => {
    const [few, many] = [powerAt(12), powerAt(60)];
    expect(many?.drop ?? 1).toBeLessThan(few?.drop ?? 1);
    expect(many?.seen ?? 0).toBeGreaterThanOrEqual(80);
  });
  it("is none at none", () => expect(powerAt(0)).toBeNull());
  it("is told with its number, and that few decide nothing", () => {
    expect(powerTold(12, { drop: 0.25, seen: 83 })).toMatch(
      /at 12 clusters .* 25 points in 83 of 100 .*decides nothing/,
    );
    expect(powerTold(40, { drop: 0.1, seen: 84 })).not.toContain("decides nothing");
  });
});

describe("the table", () => {
  it("has a line for each number of cases, with and without confirming", () => {
    const [first] = simulation(5);
    expect(first && rowTold(first)).toMatch(/^\| 20, no confirm \| [\d.]+ \/ [\d.]+ \/ [\d.]+, \d\.\d \| .* % \|$/);
    expect(HEAD.split("\n")[0]).toContain("-15 points");
  });
});
