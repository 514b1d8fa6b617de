import { inspect } from "node:util";
import type { Agent, Brief } from "../agent/agent.ts";
import type { Finding, Stamped } from "../agent/investigation.ts";
import type { Instant, Millis, Telemetry } from "../agent/telemetry/model.ts";
import { checked } from "./finding.ts";
import type { Claimed } from "./grounds/claims.ts";
import { LIMITS, type Limits, sizeOf } from "./limits.ts";
import { patience } from "./patience.ts";

/** What came of letting an agent think: its findings with the tick at which it said them. */
export interface Thoughts {
  readonly findings: readonly Stamped[];
  readonly crashed: string | null;
  readonly thinking: { readonly total: Millis; readonly longestTick: Millis };
  /** What asking again said of the claims behind each diagnosis; only where it was asked for. */
  readonly claims?: readonly Claimed[];
}
export interface Ear {
  heard?(finding: Stamped): void;
}

/**
 * Gives an agent its ticks and stamps what it says: the agent has no clock of its own. `view` makes the telemetry it
 * may see, given the clock. The same telemetry and ticks give the same findings, whether live or replayed. An agent that
 * throws, hangs, floods us or answers garbage has crashed; what it said before stands.
 */
export async function think(
  agent: Agent,
  brief: Brief,
  view: (now: () => Instant) => Telemetry,
  ticks: AsyncIterable<Instant>,
  signal: AbortSignal,
  ear: Ear = {},
  limits: Limits = LIMITS,
): Promise<Thoughts> {
  let now: Instant = 0;
  let given = performance.now();
  let total = 0;
  let longestTick = 0;
  const findings: Stamped[] = [];
  const enough = new AbortController();
  using floor = patience(limits.tick);
  async function* paced(): AsyncGenerator<Instant> {
    floor.end();
    for await (const tick of ticks) {
      if (enough.signal.aborted) return;
      now = tick;
      given = performance.now();
      floor.begin();
      yield tick;
      floor.end();
      const took = performance.now() - given;
      total += took;
      longestTick = Math.max(longestTick, took);
    }
    floor.begin();
  }

  const stop = AbortSignal.any([signal, enough.signal]);
  let saying: AsyncIterator<Finding> | undefined;
  try {
    floor.begin();
    const telemetry = view(() => now);
    saying = agent.investigate(brief, telemetry, paced(), stop)[Symbol.asyncIterator]();
    const room = roomFor(limits);
    for (;;) {
      const next = await Promise.race([saying.next(), floor.over]);
      floor.check();
      if (next.done) break;
      room(next.value);
      const stamped = { ...checked(next.value), at: now, thinking: performance.now() - given } as Stamped;
      findings.push(stamped);
      ear.heard?.(stamped);
    }
    return { findings, crashed: null, thinking: { total, longestTick } };
  } catch (error) {
    enough.abort();
    leave(saying);
    if (signal.aborted) throw error;
    return { findings, crashed: toldOf(error), thinking: { total, longestTick } };
  }
}

/** Counts what is said, and throws when it is too much. */
function roomFor(limits: Limits): (said: unknown) => void {
  let findings = 0;
  let size = 0;
  return (said) => {
    findings += 1;
    size += sizeOf(said, limits.size - size);
    if (findings > limits.findings) throw new Error(`more than ${limits.findings} findings`);
    if (size > limits.size) throw new Error(`findings of more than ${limits.size} characters`);
  };
}

/** Nobody waits: an agent that hangs does not come back. */
function leave(saying: AsyncIterator<Finding> | undefined): void {
  const ended = async (): Promise<unknown> => saying?.return?.();
  ended().catch(() => undefined);
}

const LONGEST = 10_000;
function toldOf(error: unknown): string {
  const told = error instanceof Error ? (error.stack ?? error.message) : inspect(error, { depth: 1 });
  return String(told).slice(0, LONGEST);
}
