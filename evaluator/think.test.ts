import { describe, expect, it } from "vitest";
import type { Agent } from "../agent/agent.ts";
import type { Finding } from "../agent/investigation.ts";
import { openStore } from "../agent/telemetry/store.ts";
import { briefOf } from "./brief.ts";
import { judge } from "./judge.ts";
import { LIMITS, type Limits, sizeOf } from "./limits.ts";
import { incident, sampleRun, T0 } from "./testing/sample-trial.ts";
import { type Thoughts, think } from "./think.ts";
import { recordedTicks } from "./ticks.ts";
import { trialOf } from "./trial.ts";

const never = new AbortController().signal;
const ALARM: Finding = { kind: "alarm", component: "a", text: "", evidence: [] };
const run = sampleRun();
const truth = incident("a", "code-error");

function agentOf(investigate: Agent["investigate"]): Agent {
  return { name: "hostile", investigate };
}
/** Gives each tick to `say`, and yields what it answers. */
function saying(say: (tick: number) => unknown): Agent {
  return agentOf(async function* (_brief, _telemetry, ticks) {
    for await (const tick of ticks) {
      const said = await say(tick - T0);
      if (said !== undefined) yield said as Finding;
    }
  });
}
function thoughts(agent: Agent, limits: Partial<Limits> = {}): Promise<Thoughts> {
  const ticks = recordedTicks(run.startedAt, run.endedAt, 1_000);
  return think(agent, briefOf(run), openStore().view, ticks, never, {}, { ...LIMITS, ...limits });
}
const stateOf = (thought: Thoughts) => judge(trialOf(run, truth, "hostile", thought), truth).state;
const ring: { self?: unknown; kind: string } = { kind: "all-clear" };
ring.self = ring;
const diagnosis = (change: object) => ({
  kind: "diagnosis",
  outcome: "incident",
  hypotheses: [{ component: "a", cause: "code-error", confidence: 0.9, sentence: "", evidence: [], against: [] }],
  named: 1,
  picture: {},
  gaps: [],
  ...change,
});

describe("an agent that does not keep to the rules has failed, and the run goes on", () => {
  const cases: readonly (readonly [string, Agent, Partial<Limits>, RegExp])[] = [
    ["throws at once", agentOf(() => { throw new Error("no"); }), {}, /no/],
    ["throws later", saying((at) => { if (at > 60_000) throw new Error("later"); }), {}, /later/],
    ["throws what is no error", saying(() => { throw Object.create(null); }), {}, /Object/],
    ["is no agent", agentOf((() => 7) as never), {}, /not a function/],
    ["never answers a tick", saying((at) => (at > 5_000 ? new Promise(() => undefined) : undefined)), { tick: 30 }, /0\.03 s/],
    [
      "never asks for a tick",
      agentOf(async function* () {
        await new Promise(() => undefined);
        yield ALARM;
      }),
      { tick: 30 },
      /no next tick/,
    ],
    [
      "talks without ever listening",
      agentOf(async function* () {
        for (;;) yield ALARM;
      }),
      { tick: 30, findings: Number.POSITIVE_INFINITY },
      /no next tick/,
    ],
    [
      "never stops talking",
      agentOf(async function* () {
        for (;;) yield ALARM;
      }),
      { findings: 100 },
      /more than 100 findings/,
    ],
    ["says far too much", saying(() => ({ ...ALARM, text: "x".repeat(1_000_000) })), { size: 20_000_000 }, /20000000 characters/],
    ["says what has no end", saying(() => ring), { size: 100_000 }, /characters/],
    ["says nothing as a finding", saying(() => null), {}, /not a finding/],
    ["says a word", saying(() => "the store"), {}, /not a finding/],
    ["says what is of no kind", saying(() => ({ kind: "guess" })), {}, /kind/],
    ["diagnoses without hypotheses", saying(() => diagnosis({ hypotheses: undefined })), {}, /hypotheses/],
    ["is sure to NaN", saying(() => diagnosis({ hypotheses: [{ component: "a", cause: "cpu", confidence: Number.NaN }] })), {}, /confidence/],
    ["is more than sure", saying(() => diagnosis({ hypotheses: [{ component: "a", cause: "cpu", confidence: 2 }] })), {}, /confidence/],
    ["accuses a number", saying(() => diagnosis({ hypotheses: [{ component: 7, cause: "cpu", confidence: 0.5 }] })), {}, /component/],
  ]; // biome-ignore format: a table reads better than a column
  it.each(cases)("%s", async (_, agent, limits, why) => {
    const thought = await thoughts(agent, limits);
    expect(thought.crashed).toMatch(why);
    expect(stateOf(thought)).toBe("agent-error");
  });
  it("keeps what was said before", async () => {
    const thought = await thoughts(saying((at) => (at === 3_000 ? ALARM : at > 9_000 ? "garbage" : undefined)));
    expect(thought.findings.map(({ kind, at }) => [kind, at])).toEqual([["alarm", T0 + 3_000]]);
  });
  it("is told to stop", async () => {
    let told = false;
    const hanging = agentOf(async function* (_brief, _telemetry, _ticks, signal) {
      signal.addEventListener("abort", () => {
        told = true;
      });
      await new Promise(() => undefined);
      yield ALARM;
    });
    await thoughts(hanging, { tick: 20 });
    expect(told).toBe(true);
  });
  it("may end early, or take long in all when no tick is long", async () => {
    const early = agentOf(async function* () {
      yield ALARM;
    });
    expect(await thoughts(early)).toMatchObject({ crashed: null, findings: [{ kind: "alarm" }] });
    const slow = saying(() => new Promise((resolve) => setTimeout(() => resolve(undefined), 1)));
    expect((await thoughts(slow, { tick: 200 })).crashed).toBeNull();
  });
});

describe("the size of what is said", () => {
  it("grows with its text and its parts", () => {
    expect(sizeOf("x".repeat(100), 1_000)).toBe(108);
    expect(sizeOf({ a: [1, 2] }, 1_000)).toBeGreaterThan(sizeOf({ a: [1] }, 1_000));
    expect(sizeOf(new Float64Array(10), 1_000)).toBe(88);
  });
  it("is not counted beyond what matters", () => expect(sizeOf(ring, 1_000)).toBeLessThan(1_100));
});
