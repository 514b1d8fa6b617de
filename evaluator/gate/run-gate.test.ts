import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Agent } from "../../agent/agent.ts";
import { LIMITS } from "../limits.ts";
import { accept } from "./accept.ts";
import type { Accepted } from "./accepted.ts";
import { changes } from "./change.ts";
import { readQuarantine } from "./quarantine.ts";
import { type GateOptions, runGate } from "./run-gate.ts";
import { selfTest } from "./self-test.ts";
import { chancy } from "./testing/chancy.ts";
import { attentive, record } from "./testing/small-corpus.ts";
import { inOneLine, junit, told } from "./told.ts";
import { decisionOf } from "./verdict.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const never = new AbortController().signal;
const INCIDENTS = 24;
let home = "";
let corpus = "";
let small = "";
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "gate-"));
  corpus = join(home, "corpus");
  small = join(home, "small");
  await record(corpus, INCIDENTS, 10);
  await record(small, 3, 1);
});
afterAll(() => rm(home, { recursive: true }));

const common = { allowed: 0, limits: LIMITS, told: () => undefined };
const accepting = (agent: Agent, repeats: number, where = corpus) =>
  accept({ ...common, corpus: where, agent, repeats, reason: "a test" }, never);
function gate(accepted: Accepted, agent: Agent, change: Partial<GateOptions> = {}) {
  const options = { partial: false, quarantined: new Set<string>(), fresh: undefined, upTo: 5, floors: {} };
  return runGate({ ...common, ...options, corpus, agent, accepted, ...change }, never);
}

describe("accepting", () => {
  it("takes one run a case of an agent that says the same every time", async () => {
    const { accepted, refused } = await accepting(attentive, 1, small);
    expect(refused).toEqual([]);
    expect(accepted).toMatchObject({ schemaVersion: 1, agent: { deterministic: true }, corpus: { cases: 4 } });
    expect(accepted.cases["case0000"]).toMatchObject({ state: "correct", exact_set: 1, ttd_ms: 5_000 });
  });
  it("sees that an agent answers by chance, and asks for several runs", () =>
    expect(accepting(chancy(attentive, 0.5), 1, small)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining("by chance"),
    }));
  it("takes no two to four runs", () => expect(accepting(attentive, 3, small)).rejects.toMatchObject({ exitCode: 2 }));
  it("takes no recording that does not count", async () => {
    const bad = join(home, "bad");
    await record(bad, 3, 0, 1);
    const { refused } = await accepting(attentive, 1, bad);
    expect(refused).toMatchObject([{ rule: "invalid", case: "case0000" }]);
  });
  it("says case by case what has changed", async () => {
    const { accepted, titles } = await accepting(attentive, 1, small);
    const worse = structuredClone(accepted);
    if (worse.schemaVersion === 1 && worse.cases["case0001"])
      worse.cases["case0001"] = { ...worse.cases["case0001"], state: "wrong", exact_set: 0, ttd_ms: null };
    expect(changes(accepted, worse, titles)).toEqual([
      "s1, seed 1: correct -> wrong; exact set 1 -> 0; alarm after 5.0 s -> none",
    ]);
    expect(changes(undefined, accepted, titles)).toHaveLength(4);
    expect(changes(accepted, accepted, titles)).toEqual([]);
  });
});

describe("one run a case", () => {
  it("passes the same agent, and says what a gate by chance could see here", async () => {
    const { accepted } = await accepting(attentive, 1);
    const same = await gate(accepted, attentive);
    expect(same).toMatchObject({ outcome: "pass", looked: null });
    expect(same.notes.join()).toMatch(/at 24 clusters of incidents .* sees a drop of \d+ points in \d+ of 100/);
  });
  it("refuses another corpus, or compares what both hold and says so", async () => {
    const { accepted } = await accepting(attentive, 1);
    await expect(gate(accepted, attentive, { corpus: small })).rejects.toThrow(/another corpus/);
    const partial = await gate(accepted, attentive, { corpus: small, partial: true });
    expect(partial.outcome).toBe("pass");
    // Case 3 is an incident there and a control here: both are held by both.
    expect(told(partial)).toContain(`partial: 4 cases are compared; ${INCIDENTS + 10 - 4} accepted ones are not`);
  });
  it("leaves out what is in quarantine", async () => {
    const { accepted } = await accepting(attentive, 1, small);
    const blind = failingOn(attentive, 1);
    expect((await gate(accepted, blind, { corpus: small })).outcome).toBe("fail");
    const quarantined = new Set(["case0000"]);
    const left = await gate(accepted, blind, { corpus: small, quarantined });
    expect(left.outcome).toBe("pass");
    expect(told(left)).toContain("in quarantine, deciding nothing: case0000");
  });
  it("is red below a floor, though nothing is lost", async () => {
    const { accepted } = await accepting(attentive, 1, small);
    const result = await gate(accepted, attentive, { corpus: small, floors: { exact_set: 0.9 } });
    expect(result).toMatchObject({ outcome: "fail", reasons: [{ rule: "floor exact_set" }] });
  });
  it("goes on with the next case when an agent fails on one", async () => {
    const { accepted } = await accepting(attentive, 1, small);
    for (const hostile of [failingOn(attentive, 1), hangingOn(attentive, 1), babblingOn(attentive, 1)]) {
      const limits = { ...LIMITS, tick: 500, findings: 1_000, size: 20_000_000 };
      const result = await gate(accepted, hostile, { corpus: small, limits });
      expect(result.reasons).toMatchObject([{ rule: "lost", case: "case0000" }]);
      expect(Object.values(result.now).map(({ state }) => state)).toEqual([
        "agent-error",
        "correct",
        "correct",
        "correct",
      ]);
    }
  });
});

describe("several runs a case", () => {
  it("pass an agent that has not changed, on other chance", async () => {
    const { accepted } = await accepting(chancy(attentive, 0.05), 5);
    expect(accepted).toMatchObject({ schemaVersion: 2, agent: { deterministic: false } });
    const result = await gate(accepted, chancy(attentive, 0.05));
    expect(result).toMatchObject({ outcome: "pass", looked: { decision: "pass", clusters: INCIDENTS } });
    expect(inOneLine(result)).toMatch(/exact set [\d.]+ %, accepted [\d.]+ %: .* would be seen in 80 of 100/);
    expect(junit(result)).toContain('failures="0"');
  });
  it("are red for one that is worse, and say that nobody confirmed it", async () => {
    const { accepted } = await accepting(chancy(attentive, 0.05), 5);
    const result = await gate(accepted, chancy(attentive, 0.6));
    expect(result.outcome).toBe("fail");
    expect(result.reasons.map(({ rule }) => rule)).toEqual(["exact_set"]);
    expect(result.notes.join()).toContain("not confirmed");
  });
  it("are confirmed by fresh runs of the accepted agent", async () => {
    const { accepted } = await accepting(chancy(attentive, 0.05), 5);
    const fresh = chancy(attentive, 0.05);
    const worse = await gate(accepted, chancy(attentive, 0.6), { fresh });
    expect(worse.outcome).toBe("fail");
    expect(worse.notes.join()).toContain("was run again");
    // Accepted runs that were lucky: the agent of then is as bad as the one of now.
    const lucky = await gate(accepted, chancy(attentive, 0.5), { fresh: chancy(attentive, 1) });
    expect(lucky.outcome).not.toBe("fail");
  });
  it("ask for more where few cannot say", async () => {
    const { accepted } = await accepting(chancy(attentive, 0.05), 5);
    const result = await gate(accepted, chancy(attentive, 0.08), { upTo: 1 });
    expect([result.outcome, decisionOf(result)]).toEqual(["inconclusive", "more"]);
    expect(told(result)).toContain("MORE RUNS NEEDED");
    await expect(gate(accepted, attentive, { upTo: 0 })).rejects.toMatchObject({ exitCode: 2 });
  });
  it("decide nothing on few clusters", async () => {
    const { accepted } = await accepting(chancy(attentive, 0.5), 5, small);
    const result = await gate(accepted, chancy(attentive, 0.5), { corpus: small });
    expect(result).toMatchObject({ outcome: "inconclusive", reasons: [{ rule: "clusters" }] });
  });
});

describe("the gate's test of itself on recordings", () => {
  it.each([1, 5])("blocks what is broken and passes what is not, at %d runs a case", async (repeats) => {
    const agent = repeats === 1 ? attentive : chancy(attentive, 0.05);
    const tested = await selfTest({ corpus, agent, repeats, limits: LIMITS }, never);
    // This agent's alarm is two minutes late after its short window, which is a lost case first.
    expect(tested.filter(({ well }) => !well)).toEqual([]);
  });
});

describe("a quarantine", () => {
  const entry = { case: "case0000", owner: "me", reason: "looking into it", until: "2026-12-31" };
  it.each([
    ["holds until its last day", [entry], "2026-12-31T23:00:00Z", undefined],
    ["is an error after it", [entry], "2027-01-01T00:00:00Z", /for too long: case0000 \(me\)/],
    ["needs an owner", [{ ...entry, owner: "" }], "2026-01-01T00:00:00Z", /no quarantine/],
  ])("%s", async (_, entries, now, error) => {
    const file = join(home, "quarantine.json");
    await writeFile(file, JSON.stringify(entries));
    const read = readQuarantine(file, new Date(now));
    if (error === undefined) expect(await read).toEqual(new Set(["case0000"]));
    else await expect(read).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(error) });
  });
});

/** The same agent, which does something else in its first `n` investigations. */
function first(n: number, agent: Agent, otherwise: Agent["investigate"]): Agent {
  let asked = 0;
  return {
    name: agent.name,
    investigate(...args) {
      asked += 1;
      return asked <= n ? otherwise(...args) : agent.investigate(...args);
    },
  };
}
function failingOn(agent: Agent, n: number): Agent {
  return first(n, agent, () => {
    throw new Error("it threw");
  });
}
function hangingOn(agent: Agent, n: number): Agent {
  return first(n, agent, async function* (_brief, _telemetry, ticks) {
    for await (const _tick of ticks) await new Promise(() => undefined);
    yield* [];
  });
}
function babblingOn(agent: Agent, n: number): Agent {
  return first(n, agent, async function* () {
    for (;;) yield { kind: "alarm", component: "a", text: "x".repeat(1_000_000), evidence: [] };
  });
}
