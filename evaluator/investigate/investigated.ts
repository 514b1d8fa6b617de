import type { Agent, Question } from "../../agent/agent.ts";
import type { Investigation } from "../../agent/investigation.ts";
import type { Component, Telemetry, Window } from "../../agent/telemetry/model.ts";
import type { Thoughts } from "../think.ts";
import type { Range } from "./range.ts";

/** What is asked of whom. */
export interface Order {
  readonly agent: Agent;
  readonly range: Range;
  readonly question: Question | undefined;
  /** Names of apps as they were typed; none: everything. */
  readonly scope: readonly string[];
}
/** An investigation without a drill: nobody knows the truth, so nothing here says whether it is right. */
export interface Investigated extends Thoughts {
  readonly agent: string;
  /** Where the telemetry came from, in words. */
  readonly sources: readonly string[];
  readonly live: boolean;
  /** The ticks that the agent got, from before the first to the last. */
  readonly window: Window;
  readonly question: Question | undefined;
  /** The apps that were asked about; none: all. */
  readonly scope: readonly Component[];
  readonly investigation: Investigation;
  /** All that the agent could see at the end. */
  readonly telemetry: Telemetry;
}

/** What came of it in a word. */
export type Outcome =
  /** A cause is named. */
  | "incident"
  /** Something is out of normal, and no cause is named. */
  | "suspected"
  /** What was asked about, or everything, is as always. */
  | "normal"
  /** Too little was seen to say anything. */
  | "unknown"
  | "nothing-said"
  | "crashed"
  | "nothing-received";

/** An all-clear from an agent that does not know what is normal is none. */
export function outcomeOf({ investigation, crashed, telemetry, window }: Investigated): Outcome {
  const { outcome, hypotheses, baseline, raisedAt } = investigation;
  if (telemetry.components({ from: 0, to: window.to + 1 }).length === 0) return "nothing-received";
  if (crashed !== null) return "crashed";
  switch (outcome) {
    case "incident":
      return "incident";
    case "inconclusive":
      return hypotheses.length > 0 || raisedAt !== undefined ? "suspected" : "normal";
    case "all-clear":
      return raisedAt !== undefined ? "suspected" : baseline === undefined ? "unknown" : "normal";
    case "nothing-said":
      return raisedAt === undefined ? "nothing-said" : "suspected";
  }
}
