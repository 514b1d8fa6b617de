import type { Agent } from "../../agent.ts";
import type { Alarm, Diagnosis, Finding, Stamped } from "../../investigation.ts";
import type { Instant } from "../../telemetry/model.ts";
import { type Recording, viewOf } from "./memory.ts";
import type { TownOptions } from "./plan.ts";
import { play } from "./play.ts";

export interface Watched {
  readonly findings: readonly Stamped[];
  readonly alarms: readonly Stamped<Alarm>[];
  readonly diagnoses: readonly Stamped<Diagnosis>[];
  readonly inForce: Instant;
  readonly reverted: Instant;
  readonly recording: Recording;
}

/** Gives an agent a recording tick by tick. */
export async function watchRecording(agent: Agent, recording: Recording): Promise<readonly Stamped[]> {
  let now = recording.from;
  async function* ticks(): AsyncGenerator<Instant> {
    for (let at = recording.from + 1000; at <= recording.to; at += 1000) {
      now = at;
      yield at;
    }
  }
  const findings: Stamped[] = [];
  const view = viewOf(recording, () => now);
  const brief = { budget: recording.to - recording.from, random: () => 0.5 };
  for await (const finding of agent.investigate(brief, view, ticks(), new AbortController().signal))
    findings.push({ ...(finding as Finding), at: now, thinking: 0 } as Stamped);
  return findings;
}

/** Plays a drill in the town and lets an agent watch it. */
export async function drill(agent: Agent, options: TownOptions): Promise<Watched> {
  const { recording, inForce, reverted } = play(options);
  const findings = await watchRecording(agent, recording);
  return {
    findings,
    alarms: findings.filter((one): one is Stamped<Alarm> => one.kind === "alarm"),
    diagnoses: findings.filter((one): one is Stamped<Diagnosis> => one.kind === "diagnosis"),
    inForce,
    reverted,
    recording,
  };
}
