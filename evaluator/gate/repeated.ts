import type { Agent } from "../../agent/agent.ts";
import { seeded } from "../../generator/phase.ts";
import { isAway } from "../crew/away.ts";

/** Repeats of a candidate begin at this one: other chance than that of the runs it is held against. */
export const CANDIDATE = 1_000;
/** Odd, so that no two repeats of a case share a seed (the golden ratio of 2 ** 32). */
const APART = 0x9e3779b9;

/**
 * The same agent with the chance of its nth repeat. The first repeat is what every replay gives; an agent that draws
 * nothing from its brief says the same in all of them.
 */
export function repeated(agent: Agent, repeat: number): Agent {
  if (repeat === 1) return agent;
  if (isAway(agent)) return agent.as({ chance: repeat });
  return {
    name: agent.name,
    investigate(brief, telemetry, ticks, signal) {
      const seed = Math.floor(brief.random() * 2 ** 32);
      const random = seeded((seed + Math.imul(repeat, APART)) >>> 0);
      return agent.investigate({ ...brief, random }, telemetry, ticks, signal);
    },
  };
}

/** The repeats after `done` up to `to`, counted from `first`. */
export function numbers(first: number, done: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - done) }, (_, i) => first + done + i);
}
