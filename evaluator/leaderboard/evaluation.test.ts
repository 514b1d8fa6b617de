import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Agent } from "../../agent/agent.ts";
import { silent } from "../../agent/agents/silent.ts";
import { fromOtlpJson } from "../../agent/sources/otlp-codec.ts";
import { casesOf, hashOf } from "../case.ts";
import { openIntake } from "../intake.ts";
import { secretsOf } from "../secrets.ts";
import { diagnosis, incident, sampleRun, T0 } from "../testing/sample-trial.ts";
import { type EvaluationOptions, evaluate } from "./evaluation.ts";
import { publish } from "./publish.ts";
import { rescored } from "./rescore.ts";
import { readResults } from "./results.ts";
import { joined, shardOf } from "./shards.ts";
import { exactOf } from "./testing/rows.ts";
import { sampleProvenance } from "./testing/sample-results.ts";

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const CASES = ["aaaa2222", "bbbb3333", "cccc4444", "dddd5555"];
const ALWAYS = new AbortController().signal;
let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "evaluation-"));
  for (const id of CASES) await record(id);
});
afterAll(() => rm(root, { recursive: true }));

/** A recording of one span a second from a shop, which calls itself a and fails from the 180th second on. */
async function record(id: string): Promise<void> {
  const secrets = secretsOf("unspoken", { title: "Nothing that is said", phases: [] as never });
  const intake = await openIntake(join(root, "corpus", "incidents", id), secrets);
  const resource = { attributes: [{ key: "service.name", value: { stringValue: "a" } }] };
  const spans = [{ traceId: "ab".repeat(16), spanId: "cd".repeat(8), name: "GET /" }];
  const request = fromOtlpJson("traces", { resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
  for (let at = 1; at < 300; at++) intake.accept(request, T0 + 1_000 * at);
  await intake.close();
  const run = sampleRun({ case: id, id, scenario: `scenario-${id}` });
  await intake.finish({ run, truth: incident("a", "cpu") }, { start: T0, end: T0 + 300_000 }, []);
}

/** Says at the 190th second what it was made to say, once it has been given its ticks. */
function sayer(component: string): Agent & { asked: number } {
  const agent = {
    name: "sayer",
    asked: 0,
    async *investigate(_: unknown, __: unknown, ticks: AsyncIterable<number>) {
      agent.asked += 1;
      for await (const now of ticks) if (now === T0 + 190_000) yield diagnosis(190, 1, [component, "cpu", 0.9]);
    },
  } satisfies Agent & { asked: number };
  return agent;
}

async function options(folder: string, agent: Agent, change: Partial<EvaluationOptions["plan"]> = {}) {
  const cases = await casesOf(join(root, "corpus"));
  const corpus = { sha256: await hashOf(cases), cases: cases.length };
  const plan = sampleProvenance(cases.length, { corpus, agents: [agent.name], endedAt: null, ...change });
  const all: EvaluationOptions = {
    out: join(root, folder), cases, agents: [agent], references: [silent], ours: new Set(), plan, told: () => undefined,
  }; // biome-ignore format: one shape
  return all;
}

describe("an evaluation", () => {
  it("lets everybody think over every case, references once, and says where it stands", async () => {
    const agent = sayer("a");
    const told: string[] = [];
    const asked = await options("whole", agent, { repeats: 2 });
    const results = await evaluate({ ...asked, told: (_, done, of) => void told.push(`${done}/${of}`) }, ALWAYS);
    expect(agent.asked).toBe(8);
    expect(results.trials).toHaveLength(16);
    expect(told.at(-1)).toBe("16/16");
    expect(results.cases.map(({ id, part }) => [id, part])).toEqual(CASES.map((id) => [id, "public"]));
    const summary = await publish(join(root, "whole"), results);
    expect([exactOf(summary, "oracle"), exactOf(summary, "silent"), exactOf(summary, "sayer")]).toEqual([1, 0, 1]);
    expect(summary.faults).toEqual([]);
    expect(await readFile(join(root, "whole", "summary.md"), "utf8")).toContain("| 1 | sayer | 100 %");
    expect(await readFile(join(root, "whole", "report.html"), "utf8")).toMatch(/^<!doctype html>/);
  });
  it("goes on where it was interrupted, and comes to the same", async () => {
    const stop = new AbortController();
    const first = await options("again", sayer("b"));
    const interrupted = evaluate({ ...first, told: (_, done) => void (done === 4 && stop.abort()) }, stop.signal);
    await expect(interrupted).rejects.toThrow();
    await appendFile(join(root, "again", "trials.jsonl"), '{"agent":"half a li');
    const second = sayer("b");
    const { trials } = await evaluate(await options("again", second), ALWAYS);
    expect(second.asked).toBeLessThan(CASES.length);
    expect(second.asked).toBeGreaterThan(0);
    const { trials: atOnce } = await evaluate(await options("at-once", sayer("b")), ALWAYS);
    const said = (all: typeof trials) => all.map(({ thinking: _, measurements: __, ...rest }) => rest);
    expect(said(trials)).toEqual(said(atOnce));
  });
  it("can be scored again from what was said", async () => {
    const results = await readResults(join(root, "whole"));
    expect(rescored(results).trials).toEqual(results.trials);
    const spoilt = results.trials.map((line) => ({ ...line, state: "wrong" as const, measurements: {} }));
    const states = (all: typeof results.trials) => all.map(({ state }) => state);
    expect(states(rescored({ ...results, trials: spoilt }).trials)).toEqual(states(results.trials));
  });
  it("is not mixed with another plan", async () => {
    await expect(evaluate(await options("again", sayer("b"), { repeats: 3 }), ALWAYS)).rejects.toThrow(
      /differ in repeats/,
    );
  });
  it("in shards is the same as at once", async () => {
    const shards = [1, 2].map(async (index) =>
      evaluate(await options(`shard-${index}`, sayer("b"), { shard: { index, of: 2 } }), ALWAYS),
    );
    const all = await Promise.all(shards);
    for (const [i, { cases }] of all.entries())
      expect(cases.map(({ id }) => id)).toEqual(CASES.filter((id) => shardOf(id, 2) === i + 1));
    const whole = await evaluate(await options("at-once", sayer("b")), ALWAYS);
    expect(new Set(joined(all).trials.map(({ sha256 }) => sha256))).toEqual(
      new Set(whole.trials.map(({ sha256 }) => sha256)),
    );
    expect(joined(all).trials).toHaveLength(whole.trials.length);
  });
});
