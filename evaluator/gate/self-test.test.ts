import { describe, expect, it } from "vitest";
import { seeded } from "../../generator/phase.ts";
import type { Run } from "../run.ts";
import { alarm, diagnosis, incident, sampleRun, T0 } from "../testing/sample-trial.ts";
import type { Thoughts } from "../think.ts";
import { type Said, swapped } from "./broken.ts";
import { type Heard, testBroken } from "./self-test.ts";
import { fault } from "./testing/small-corpus.ts";

const thinking = { total: 1, longestTick: 1 };
const diagnosed = diagnosis(195, 1, ["a", "code-error", 0.9], ["b", "cpu", 0.3]);
/** Two claims, both of which hold; of who lies, none. */
const claims = [{ at: diagnosed.at, all: 2, grounded: 2, contradicted: 0 }];
const right: Thoughts = { findings: [alarm(190), diagnosed], crashed: null, thinking, claims };
const wrong: Thoughts = { ...right, findings: [alarm(190), swapped(diagnosed, [])] };
const silent: Thoughts = { ...right, findings: [], claims: [] };
const liar = (said: Thoughts): Thoughts => ({
  ...said,
  claims: (said.claims ?? []).map((one) => ({ ...one, grounded: 0, contradicted: 2 })),
});
const control = { harmAt: null, inForceAt: null, revertingAt: null, revertedAt: null };
/** Who is two minutes late is still right here. */
const long = {
  revertingAt: T0 + 480_000,
  revertedAt: T0 + 481_000,
  recoveredAt: T0 + 485_000,
  endedAt: T0 + 620_000,
};
type Runs = Pick<Heard, "before" | "now">;

function heard(incidents: number, controls: number, change: Partial<Run>, runs: () => Runs): Heard[] {
  const quiet = (many: readonly unknown[]): Said[] =>
    many.map(() => ({ thoughts: silent, oneEyed: silent, lying: silent }));
  const all = Array.from({ length: incidents }, (_, i): Heard => {
    const run = sampleRun({ ...change, faults: [fault(i)] });
    return { id: `incident-${i}`, sealed: { run, truth: incident("a", "code-error") }, ...runs() };
  });
  const calm = Array.from({ length: controls }, (_, i): Heard => {
    const { before, now } = runs();
    const sealed = { run: sampleRun({ ...control, scenario: `s${i}` }), truth: { incident: false } as const };
    return { id: `control-${i}`, sealed, before: before.map(() => silent), now: quiet(now) };
  });
  return [...all, ...calm];
}

describe.each([
  ["one run a case", () => heard(12, 3, {}, once)],
  ["five runs a case of an agent that is right in nine of ten", () => heard(30, 12, {}, often(9))],
  ["five runs a case in long drills", () => heard(30, 12, long, often(9))],
] as const)("the gate's test of itself, %s", (_, made) => {
  const results = testBroken(made());
  it.each(results.map((one) => [one.name, one] as const))("is as it must be for %s", (__, one) => {
    expect(one.well, JSON.stringify(one)).toBe(true);
  });
  it("lets only the unchanged agent pass", () =>
    expect(results.filter(({ outcome }) => outcome === "pass").map(({ name }) => name)).toEqual(["unchanged"]));
});

describe("the gate's test of itself", () => {
  it("tries what shows on controls only where there are some", () => {
    const accuser = testBroken(heard(12, 0, {}, once)).find(({ name }) => name.startsWith("accuser"));
    expect(accuser).toMatchObject({ outcome: "not tried", well: true });
  });
  it("loses something even on one case", () => {
    const results = testBroken(heard(1, 0, {}, once));
    expect(results.filter(({ well }) => !well)).toEqual([]);
  });
  it("is red for an agent that is right nowhere: nothing could be lost", () => {
    const nowhere = heard(12, 0, {}, () => ({
      before: [],
      now: [{ thoughts: silent, oneEyed: silent, lying: silent }],
    }));
    expect(testBroken(nowhere).every(({ well }) => well)).toBe(false);
  });
  it("knows who is late from who is wrong, where there is time", () => {
    const slow = testBroken(heard(30, 12, long, often(9))).find(({ name }) => name.startsWith("slow"));
    expect(slow?.rules).toEqual(["rmttd"]);
  });
  it("knows who lies from who is wrong", () => {
    const [lies] = testBroken(heard(30, 12, {}, often(9))).filter(({ name }) => name.startsWith("liar"));
    expect(lies?.rules).toEqual(["claim_grounded"]);
  });
  it("lets a liar pass only where nobody asked for the proofs, and then it is red", () => {
    const unasked = (): Runs => ({ before: [], now: once().now.map(({ thoughts }) => said(thoughts)) });
    const said = ({ claims: _, ...thoughts }: Thoughts) => ({ thoughts, oneEyed: silent, lying: thoughts });
    expect(testBroken(heard(12, 3, {}, unasked)).find(({ name }) => name.startsWith("liar"))?.well).toBe(false);
  });
});

function once(): Runs {
  return { before: [], now: [{ thoughts: right, oneEyed: silent, lying: liar(right) }] };
}
function often(tenths: number): () => Runs {
  const random = seeded(3);
  const said = (): Thoughts => (random() < tenths / 10 ? right : wrong);
  return () => ({
    before: Array.from({ length: 5 }, said),
    now: Array.from({ length: 5 }, said).map((one) => ({ thoughts: one, oneEyed: silent, lying: liar(one) })),
  });
}
