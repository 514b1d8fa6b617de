import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loadAgent } from "../agents.ts";
import { recordedTown } from "../testing/recorded-town.ts";
import { incident } from "../testing/sample-trial.ts";
import type { Accepted } from "./accepted.ts";
import { type Gated, runGate } from "./run-gate.ts";

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

async function gate(command: string, before?: Gated): Promise<Gated> {
  const agent = await loadAgent(`command:${command}`, { wait: 20_000, budget: 30_000 });
  const { corpus: of, result } = before ?? {};
  const accepted: Accepted | undefined = of &&
    result && {
      schemaVersion: 1,
      firedrill: "0.1.0",
      createdAt: "2026-11-25T00:00:00Z",
      reason: "first",
      corpus: of,
      agent: { name: agent.name, deterministic: false },
      cases: { ...result.now },
    };
  return runGate({ corpus, agent, accepted, allowed: 0, told: () => undefined }, never);
}

describe("an agent that is not ours", () => {
  it.skipIf(!python)("is replayed, scored and gated: the example in Python finds what is down", async () => {
    const first = await gate(`python3 ${EXAMPLE}`);
    expect(first.result).toMatchObject({
      agent: "command:follow_failures.py",
      outcome: "pass",
      now: { abcdefgh: { state: "correct", exact_set: 1, false_alarms: 0 } },
      named: { abcdefgh: ["go-otel-sample-app"] },
    });
    const again = await gate(`python3 ${EXAMPLE}`, first);
    expect(again.result).toMatchObject({ outcome: "pass", comparison: { same: 1, lost: [] } });
  });

  it("that breaks loses its case as an agent error, and the gate says so", async () => {
    const script = join(corpus, "agent.mjs");
    const answer = { hypotheses: [{ component: "go-otel-sample-app", confidence: 1 }], named: 1 };
    await writeFile(script, `console.log('${JSON.stringify(answer)}')`);
    const right = await gate(`${process.execPath} ${script}`);
    expect(right.result).toMatchObject({ outcome: "pass", now: { abcdefgh: { state: "correct" } } });
    await writeFile(script, "throw new Error('no model today')");
    const { result } = await gate(`${process.execPath} ${script}`, right);
    expect(result.now).toMatchObject({ abcdefgh: { state: "agent-error", exact_set: 0 } });
    expect(result.outcome).toBe("fail");
    expect(result.reasons).toMatchObject([{ rule: "lost", text: expect.stringContaining("the agent now fails") }]);
  });
});
