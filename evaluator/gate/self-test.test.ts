import { describe, expect, it } from "vitest";
import type { Truth } from "../../scenarios/scenario.ts";
import { alarm, diagnosis, incident, sampleRun } from "../testing/sample-trial.ts";
import { testBroken } from "./self-test.ts";

const QUIET: Truth = { incident: false };
const right = [alarm(190), diagnosis(195, 1, ["a", "code-error", 0.9], ["b", "cpu", 0.3])];
const thinking = { total: 1, longestTick: 1 };
const control = { harmAt: null, inForceAt: null, revertingAt: null, revertedAt: null };
const said = [
  ...Array.from({ length: 12 }, (_, i) => ({
    id: `incident-${i}`,
    sealed: { run: sampleRun(), truth: incident("a", "code-error") },
    thoughts: { findings: right, crashed: null, thinking },
  })),
  ...Array.from({ length: 3 }, (_, i) => ({
    id: `control-${i}`,
    sealed: { run: sampleRun(control), truth: QUIET },
    thoughts: { findings: [], crashed: null, thinking },
  })),
];

describe("the gate's test of itself", () => {
  const results = testBroken(said);
  it.each(results.map((one) => [one.name, one] as const))("is as it must be for %s", (_, one) => {
    expect(one.well, JSON.stringify(one)).toBe(true);
  });
  it("lets only the unchanged agent pass", () =>
    expect(results.filter(({ outcome }) => outcome === "pass").map(({ name }) => name)).toEqual(["unchanged"]));
});
