import type { Finding, Signal } from "./investigation.ts";
import type { Component, Instant, Millis, Telemetry } from "./telemetry/model.ts";

/** What an operator asks. An agent that can answer does so when its ticks end, unless it has raised an alarm by then. */
export interface Question {
  /** As it was put. */
  readonly text: string;
  /** What is asked about; left out: anything. */
  readonly signals?: readonly Signal[];
}

/** What an operator would hand over with a page; never the truth. */
export interface Brief {
  readonly alert?: { readonly name: string; readonly component: Component; readonly text: string };
  /** Components to look at; none means all. */
  readonly scope?: readonly Component[];
  /** Drills ask nothing. */
  readonly question?: Question;
  /** Telemetry time the agent has. */
  readonly budget: Millis;
  /** Uniform in [0, 1), seeded by the judge: an agent's only source of chance. */
  readonly random: () => number;
}

/**
 * The system under test. It has no clock: it gets ticks, live one a second, in a replay as fast as it can think.
 * It ends when the ticks end or the signal aborts.
 */
export interface Agent {
  readonly name: string;
  investigate(
    brief: Brief,
    telemetry: Telemetry,
    ticks: AsyncIterable<Instant>,
    signal: AbortSignal,
  ): AsyncIterable<Finding>;
}
