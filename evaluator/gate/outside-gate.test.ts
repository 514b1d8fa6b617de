import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Agent } from "../../agent/agent.ts";
import { loadAgent } from "../agents.ts";
import { LIMITS } from "../limits.ts";
import { recordedTown } from "../testing/recorded-town.ts";
import { incident } from "../testing/sample-trial.ts";
import { accept } from "./accept.ts";
import type { Accepted } from "./accepted.ts";
import { runGate } from "./run-gate.ts";
import type { GateResult } from "./verdict.ts";

// Twenty thousand spans are recorded, and read again by three agents.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const EXAMPLE = join(import.meta.dirname, "..", "..", "agent", "examples", "follow_failures.py");
const python = spawnSync("python3", ["--version"]).status === 0;
const never = new AbortController().signal;
let corpus = "";
beforeAll(async () => {
  corpus = await mkdtemp(join(tmpdir(), "corpus-"));
  const town = { seed: 2, trouble: { down: "stock" }, baseline: 110, watch: 60, recovery: 10 } as const;
  await recordedTown(corpus, "abcdefgh", town, incident("go-otel-sample-app", "unavailable"));
});
afterAll(() => rm(corpus, { recursive: true }));

const common = { allowed: 0, limits: LIMITS, told: () => undefined };
const agentOf = (command: string): Promise<Agent> => loadAgent(`command:${command}`, { wait: 20_000, budget: 30_000 });
async function accepted(command: string): Promise<Accepted> {
  const given = { ...common, corpus, agent: await agentOf(command), repeats: 1, reason: "first" };
  const { accepted: scores, refused } = await accept(given, never);
  expect(refused).toEqual([]);
  return scores;
}
async function gate(command: string, before: Accepted): Promise<GateResult> {
  const plain = { partial: false, quarantined: new Set<string>(), fresh: undefined, upTo: 1, floors: {} };
  return runGate({ ...common, ...plain, corpus, agent: await agentOf(command), accepted: before }, never);
}

describe("an agent that is not ours", () => {
  it.skipIf(!python)("is replayed, scored and gated: the example in Python finds what is down", async () => {
    const before = await accepted(`python3 ${EXAMPLE}`);
    expect(before).toMatchObject({
      agent: { name: "command:follow_failures.py", deterministic: true },
      cases: { abcdefgh: { state: "correct", exact_set: 1, false_alarms: 0 } },
    });
    const again = await gate(`python3 ${EXAMPLE}`, before);
    expect(again).toMatchObject({ outcome: "pass", comparison: { same: 1, lost: [] } });
    expect(again.named).toEqual({ abcdefgh: ["go-otel-sample-app"] });
  });

  it("that breaks loses its case as an agent error, and the gate says so", async () => {
    const script = join(corpus, "agent.mjs");
    const answer = { hypotheses: [{ component: "go-otel-sample-app", confidence: 1 }], named: 1 };
    await writeFile(script, `console.log('${JSON.stringify(answer)}')`);
    const right = await accepted(`${process.execPath} ${script}`);
    await writeFile(script, "throw new Error('no model today')");
    const result = await gate(`${process.execPath} ${script}`, right);
    expect(result.now).toMatchObject({ abcdefgh: { state: "agent-error", exact_set: 0 } });
    expect(result.outcome).toBe("fail");
    expect(result.reasons).toMatchObject([{ rule: "lost", text: expect.stringContaining("the agent now fails") }]);
  });
});
