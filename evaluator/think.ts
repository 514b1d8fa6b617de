import type { Agent, Brief } from "../agent/agent.ts";
import type { Stamped } from "../agent/investigation.ts";
import type { Instant, Millis, Telemetry } from "../agent/telemetry/model.ts";

/** What came of letting an agent think: its findings with the tick at which it said them. */
export interface Thoughts {
  readonly findings: readonly Stamped[];
  readonly crashed: string | null;
  readonly thinking: { readonly total: Millis; readonly longestTick: Millis };
}
export interface Ear {
  heard?(finding: Stamped): void;
}

/**
 * Gives an agent its ticks and stamps what it says: the agent has no clock of its own. `view` makes the telemetry it
 * may see, given the clock. The same telemetry and ticks give the same findings, whether live or replayed.
 */
export async function think(
  agent: Agent,
  brief: Brief,
  view: (now: () => Instant) => Telemetry,
  ticks: AsyncIterable<Instant>,
  signal: AbortSignal,
  ear: Ear = {},
): Promise<Thoughts> {
  let now: Instant = 0;
  let given = performance.now();
  let total = 0;
  let longestTick = 0;
  const findings: Stamped[] = [];
  async function* paced(): AsyncGenerator<Instant> {
    for await (const tick of ticks) {
      now = tick;
      given = performance.now();
      yield tick;
      const took = performance.now() - given;
      total += took;
      longestTick = Math.max(longestTick, took);
    }
  }
  try {
    for await (const finding of agent.investigate(
      brief,
      view(() => now),
      paced(),
      signal,
    )) {
      const stamped = { ...finding, at: now, thinking: performance.now() - given } as Stamped;
      findings.push(stamped);
      ear.heard?.(stamped);
    }
    return { findings, crashed: null, thinking: { total, longestTick } };
  } catch (error) {
    if (signal.aborted) throw error;
    const crashed = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { findings, crashed, thinking: { total, longestTick } };
  }
}
