import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Agent } from "../../agent/agent.ts";
import statistical from "../../agent/agents/statistical.ts";
import { pack } from "../archive/pack.ts";
import { casesOf } from "../case.ts";
import { examine } from "../evaluate.ts";
import { repeated } from "../gate/repeated.ts";
import { selfTest } from "../gate/self-test.ts";
import { attentive, record } from "../gate/testing/small-corpus.ts";
import { fingerprint } from "../leaderboard/trial-line.ts";
import { LIMITS } from "../limits.ts";
import { recordedTown } from "../testing/recorded-town.ts";
import { incident } from "../testing/sample-trial.ts";
import type { Thoughts } from "../think.ts";
import { type Away, away, type Job } from "./away.ts";
import { type Crew, openCrew } from "./crew.ts";
import { expected } from "./expected.ts";

// Threads load all of us, and two towns of twenty thousand spans are read again and again.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const never = new AbortController().signal;
const HEAP = 256;
let home = "";
let small = "";
let towns = "";
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "crew-"));
  small = join(home, "small");
  await record(small, 2, 2);
  const plain = join(home, "plain");
  const town = { seed: 2, trouble: { down: "stock" }, baseline: 110, watch: 60, recovery: 10 } as const;
  await recordedTown(plain, "abcdefgh", town, incident("go-otel-sample-app", "unavailable"));
  await recordedTown(plain, "bcdefghi", { ...town, seed: 3 }, incident("go-otel-sample-app", "unavailable"));
  towns = join(home, "towns");
  for (const one of await casesOf(plain)) await pack(one, towns);
});
afterAll(() => rm(home, { recursive: true }));

const fromFile = (crew: Crew, name: string): Away => {
  const file = join(import.meta.dirname, "testing", "hostile.ts");
  return away(name, { kind: "file", file, name }, crew.workers + 1, crew.think);
};
async function saidOf(corpus: string, agents: readonly Agent[]): Promise<string> {
  const all = await Array.fromAsync(examine(await casesOf(corpus), agents, never));
  const told = all.map(({ id, verdicts, oracle, silent }) => [
    id,
    verdicts.map(({ trial, state }) => [trial.agent, state, fingerprint(trial.findings), trial.crashed]),
    [oracle.state, silent.state],
  ]);
  return JSON.stringify(told);
}

describe("what agents say in threads", () => {
  it("is the same in one, two and four of them, and as it is here", async () => {
    const here = await saidOf(towns, [statistical]);
    expect(here).toContain('"statistical","correct"');
    for (const workers of [1, 2, 4]) {
      await using crew = openCrew({ workers, heapMb: 1_024 });
      expect(await saidOf(towns, [await crew.agent("statistical")])).toBe(here);
    }
  });
  it("draws the same chance, repeat by repeat", async () => {
    const here = await saidOf(small, [attentive, repeated(attentive, 1_001)]);
    for (const workers of [1, 4]) {
      await using crew = openCrew({ workers, heapMb: HEAP });
      const agent = fromFile(crew, "attentive");
      expect(await saidOf(small, [agent, repeated(agent, 1_001)])).toBe(here);
    }
  });
  it("is enough for the gate's test of itself, one eye shut and all", async () => {
    const options = { corpus: small, repeats: 1, limits: LIMITS };
    const here = await selfTest({ ...options, agent: attentive }, never);
    await using crew = openCrew({ workers: 2, heapMb: HEAP });
    expect(await selfTest({ ...options, agent: fromFile(crew, "attentive") }, never)).toEqual(here);
  });
});

/** It takes some seconds to fill the memory. */
const PATIENCE: Readonly<Record<string, number>> = { hoarding: 30_000 };

describe("an agent that breaks its thread fails on that case, and the next ones follow", () => {
  it.each([
    ["looping", /no next tick was asked for within 0.5 s/],
    ["hanging", /no next tick was asked for within 0.5 s/],
    ["hoarding", /more than 256 MB of memory/],
    ["throwing", /it threw/],
    ["lateThrowing", /nobody could catch it: Error: it threw later/],
    ["exiting", /ended its thread \(exit code 7\)/],
    ["closed", /could not be cloned/],
  ])("%s", async (name, why) => {
    await using crew = openCrew({ workers: 2, heapMb: HEAP });
    const cases = await casesOf(small);
    const all = await Array.fromAsync(
      examine(cases, [fromFile(crew, name)], never, { ...LIMITS, tick: PATIENCE[name] ?? 500 }),
    );
    expect(all.map(({ verdicts: [first] }) => first?.state)).toEqual([
      "agent-error",
      "agent-error",
      "correct",
      "correct",
    ]);
    const [first] = all[0]?.verdicts ?? [];
    expect(first?.trial.crashed).toMatch(why);
    // What it said before stands.
    expect(first?.trial.findings.map(({ kind }) => kind)).toEqual(name === "closed" ? [] : ["alarm"]);
  });
});

describe("threads", () => {
  it("end at once when they are told to, also in a loop that never pauses", async () => {
    const stop = new AbortController();
    const from = performance.now();
    {
      await using crew = openCrew({ workers: 2, heapMb: HEAP });
      const all = Array.fromAsync(examine(await casesOf(small), [fromFile(crew, "looping")], stop.signal));
      setTimeout(() => stop.abort(new Error("enough")), 2_000);
      await expect(all).rejects.toThrow("enough");
    }
    expect(performance.now() - from).toBeLessThan(15_000);
    expect(process.getActiveResourcesInfo().filter((one) => one === "MessagePort" || one === "Worker")).toEqual([]);
  });
  it("refuse what is refused here", async () => {
    const corpus = join(home, "damaged");
    await record(corpus, 1, 0);
    const [directory = ""] = await casesOf(corpus);
    await writeFile(join(directory, "telemetry", "traces.arrivals"), "");
    await using crew = openCrew({ workers: 2, heapMb: HEAP });
    const refused = { exitCode: 2, message: expect.stringMatching(/traces\.arrivals is cut off/) };
    await expect(saidOf(corpus, [fromFile(crew, "attentive")])).rejects.toMatchObject(refused);
  });
  it("are a whole number of them, and hold agents that there are", async () => {
    for (const workers of [0, 1.5, Number.NaN])
      expect(() => openCrew({ workers, heapMb: HEAP })).toThrow(/whole number/);
    await using crew = openCrew({ workers: 1, heapMb: HEAP });
    await expect(crew.agent("nobody")).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe("who is asked one after the other", () => {
  it("has the next ones under way, and each of them once", async () => {
    const begun: string[] = [];
    const think = async ({ directory, repeat }: Job): Promise<Thoughts> => {
      begun.push(`${basename(directory)} ${repeat}`);
      return { findings: [], crashed: null, thinking: { total: 0, longestTick: 0 } };
    };
    const { ahead } = await import("./ahead.ts");
    const agent = away("x", { kind: "named", name: "x", outside: {} }, 2, think);
    const order = await expected({ cases: await casesOf(small), references: [], agents: [agent], repeats: 2 });
    const thinking = ahead(think, order, 2);
    const ask = (i: number) => thinking(order[i] as Job, never, {});
    await ask(0);
    expect(begun).toEqual(["case0000 1", "case0000 2", "case0001 1"]);
    for (let i = 1; i < order.length; i++) await ask(i);
    expect(begun).toEqual(order.map(({ directory, repeat }) => `${basename(directory)} ${repeat}`));
    // Half done already: those that are left out are not waited for.
    begun.length = 0;
    await ask(5);
    expect(begun).toEqual(["case0002 2", "case0003 1", "case0003 2"]);
  });
});
