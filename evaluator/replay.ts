import { dirname, join } from "node:path";
import type { Agent } from "../agent/agent.ts";
import { openStore } from "../agent/telemetry/store.ts";
import { readRecording } from "./archive/reader.ts";
import { readTruth } from "./archive/sealed.ts";
import { judge } from "./judge.ts";
import { type Ear, think } from "./think.ts";
import { recordedTicks } from "./ticks.ts";
import type { Held } from "./trial.ts";
import { briefOf, trialOf } from "./trial.ts";

/**
 * Lets an agent think again over a recording, as fast as it can, and judges what it says. `directory` is
 * `<run>/incidents/<id>`; the truth lies apart in `<run>/truth/<id>.json`.
 */
export async function replay(directory: string, agent: Agent, signal: AbortSignal, ear: Ear = {}): Promise<Held> {
  const recording = await readRecording(directory);
  const { manifest } = recording;
  const store = openStore();
  await recording.pour(store);
  const { start, end, tickMs } = manifest.clock;
  const sealed = await readTruth(join(dirname(dirname(directory)), "truth"), manifest);
  const { run, truth } = sealed;
  const thoughts = await think(agent, briefOf(run), store.view, recordedTicks(start, end, tickMs), signal, ear);
  const trial = trialOf(run, truth, agent.name, thoughts);
  return { verdict: judge(trial, truth), telemetry: store.view(() => end + tickMs) };
}
