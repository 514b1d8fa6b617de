import type { Millis } from "../../agent/telemetry/model.ts";
import { quantile } from "../stats/quantile.ts";
import type { State } from "../trial-record.ts";
import { type Alarms, alarmsOf } from "./alarms.ts";
import { type Confidence, confidenceOf } from "./confidence.ts";
import { type Detection, detectionOf } from "./detection.ts";
import { type Entry, isIncident, SHARES, scored, sharesOf } from "./entry.ts";
import { type Estimate, estimate } from "./estimate.ts";

/** One agent on one part of a corpus. Trials of recordings that do not count are in no figure. */
export interface Row {
  readonly agent: string;
  readonly reference: boolean;
  /** Shared by agents that cannot be told apart, by exact set; references have none. */
  readonly rank: number | null;
  readonly trials: number;
  readonly states: Readonly<Record<State, number>>;
  /** By the name of the score; of incidents. */
  readonly scores: Readonly<Record<string, Estimate>>;
  /** Controls on which no cause was named, and those that were left alone altogether. */
  readonly abstain: Estimate;
  readonly quiet: Estimate;
  readonly detection: Detection;
  readonly alarms: Alarms;
  readonly confidence: Confidence;
  /** Median wall time it thought over a case. */
  readonly thinking: Millis | null;
}
/** May be below 0. */
const UNBOUNDED: ReadonlySet<string> = new Set(["lift-at-1"]);

export function rowOf(entries: readonly Entry[], tau: Millis | null): Row {
  const [first] = entries;
  const counted = entries.filter(({ line }) => line.state !== "invalid");
  const controls = counted.filter((entry) => !isIncident(entry));
  const share = (of: readonly Entry[], yes: (entry: Entry) => boolean): Estimate =>
    estimate(
      of.map((entry) => scored(entry, yes(entry) ? 1 : 0)),
      "share",
    );
  return {
    agent: first?.line.agent ?? "",
    reference: first?.line.reference ?? false,
    rank: null,
    trials: entries.length,
    states: tally(entries),
    scores: Object.fromEntries(
      SHARES.map((name) => [
        name,
        estimate(sharesOf(counted.filter(isIncident), name), UNBOUNDED.has(name) ? "mean" : "share"),
      ]),
    ),
    abstain: share(controls, ({ line }) => line.state !== "agent-error" && line.answer.named.length === 0),
    quiet: share(controls, ({ line }) => line.state === "correct"),
    detection: detectionOf(counted, tau),
    alarms: alarmsOf(counted),
    confidence: confidenceOf(counted),
    thinking:
      counted.length === 0
        ? null
        : quantile(
            counted.map(({ line }) => line.thinking.total),
            0.5,
          ),
  };
}

function tally(entries: readonly Entry[]): Row["states"] {
  const of = (state: State): number => entries.filter(({ line }) => line.state === state).length;
  return {
    correct: of("correct"),
    wrong: of("wrong"),
    "no-answer": of("no-answer"),
    "agent-error": of("agent-error"),
    invalid: of("invalid"),
  };
}
