import type { Agent } from "../../agent/agent.ts";
import type { Limits } from "../limits.ts";
import type { OutsideOptions } from "../outside.ts";
import type { Ear, Thoughts } from "../think.ts";

/** Where an agent is loaded from, in whatever thread it is to think. */
export type Origin =
  | { readonly kind: "named"; readonly name: string; readonly outside: Partial<OutsideOptions> }
  /** An export of a module. */
  | { readonly kind: "file"; readonly file: string; readonly name: string };

/** What an agent is made to be: the nth repeat of itself (see `gate/repeated.ts`), without traces, or a liar. */
export interface Guise {
  readonly chance: number;
  readonly blinded: boolean;
  readonly lying: boolean;
}
/** What is to be thought over, and how. It holds no truth: the seed is only where an agent's chance comes from. */
export interface Assignment {
  readonly directory: string;
  readonly seed: number;
  readonly repeat: number;
  readonly limits: Limits;
  /** Whether the claims behind each diagnosis are asked again. */
  readonly claims: boolean;
}
/** An assignment and who has it: all that a thread needs. */
export interface Job extends Assignment, Guise {
  readonly origin: Origin;
}

/** An agent that thinks in a thread of its own, which reads the recording itself: here it gets no telemetry. */
export interface Away extends Agent {
  /** So many of its thoughts go on at once. */
  readonly atOnce: number;
  over(assignment: Assignment, signal: AbortSignal, ear: Ear): Promise<Thoughts>;
  as(guise: Partial<Guise>): Away;
  /** The same, as a thread is told it. */
  job(assignment: Assignment): Job;
}
/** Lets a job be done in some thread. */
export type Think = (job: Job, signal: AbortSignal, ear: Ear) => Promise<Thoughts>;

export const isAway = (agent: Agent): agent is Away => "over" in agent;

/** So many cases may be looked at together; 1 when one of the agents thinks here. */
export function atOnceOf(agents: readonly Agent[]): number {
  return Math.min(...agents.map((agent) => (isAway(agent) ? agent.atOnce : 1)));
}

export function away(name: string, origin: Origin, atOnce: number, think: Think, guise: Guise = PLAIN): Away {
  const job = (assignment: Assignment): Job => ({ ...assignment, ...guise, origin });
  return {
    name,
    atOnce,
    job,
    over: (assignment, signal, ear) => think(job(assignment), signal, ear),
    as: (change) => away(name, origin, atOnce, think, { ...guise, ...change }),
    investigate() {
      throw new Error(`${name} thinks elsewhere`);
    },
  };
}
const PLAIN: Guise = { chance: 1, blinded: false, lying: false };
