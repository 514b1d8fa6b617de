import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import statistical from "../agent/agents/statistical.ts";
import baseline from "../scenarios/baseline.ts";
import { openIntake } from "./intake.ts";
import type { Leak } from "./leaks.ts";
import type { DrillOptions } from "./perform.ts";
import { runLog } from "./run-log.ts";
import { secretsOf } from "./secrets.ts";
import { sampleRun, T0 } from "./testing/sample-trial.ts";
import { judged } from "./trial.ts";

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "trial-"));
});
afterAll(() => rm(root, { recursive: true }));

/** A control in which nothing was wrong, but for what the apps' processes told. */
async function broken(folder: string, overheard: readonly Leak[]): Promise<unknown> {
  const lines: string[] = [];
  const nothing = (): void => undefined;
  const out = join(root, folder);
  const options: DrillOptions = {
    id: "r", case: "abcdefgh", name: "baseline", scenario: baseline, agent: statistical, seed: 1, out,
    show: { line: (text) => void lines.push(text), event: nothing, plan: nothing },
  }; // biome-ignore format: one shape
  const intake = await openIntake(join(out, "incidents", "abcdefgh"), secretsOf("baseline", baseline));
  const { verdict } = await judged(options, {
    log: runLog(),
    driven: sampleRun({ inForceAt: null, harmAt: null }),
    intake,
    thoughts: { findings: [], crashed: null, thinking: { total: 0, longestTick: 0 } },
    clock: { start: T0, end: T0 + 300_000 },
    idleCpu: 0.5,
    refusedBatches: 0,
    overheard,
  });
  const { validity } = verdict.trial;
  return { state: verdict.state, rules: validity.ok ? [] : validity.broken.map(({ rule }) => rule), lines };
}

it("a run counts while the apps' processes tell nothing", async () =>
  expect(await broken("silent", [])).toEqual({ state: "correct", rules: [], lines: [] }));
it("a run in which the environment of an app names what is done is void, and says where", async () => {
  const leak = { file: "environ of go-otel-sample-app", line: 0, token: "chaos", context: "MODE=chaos" };
  expect(await broken("told", [leak])).toEqual({
    state: "invalid",
    rules: ["nothing told"],
    lines: ['leak in environ of go-otel-sample-app:0: "chaos" in MODE=chaos'],
  });
});
