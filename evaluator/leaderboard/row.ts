import type { Millis } from "../../agent/telemetry/model.ts";
import { type Passes, passes } from "../stats/pass.ts";
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
  /** Of repeated runs of incidents: any of three right, all three right; null where a case has fewer. */
  readonly repeated: { readonly any: Estimate; readonly all: Estimate } | null;
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
    repeated: repeatedOf(counted.filter(isIncident)),
    thinking:
      counted.length === 0
        ? null
        : quantile(
            counted.map(({ line }) => line.thinking.total),
            0.5,
          ),
  };
}

/** Runs that are looked at together. */
const RUNS = 3;

function repeatedOf(incidents: readonly Entry[]): Row["repeated"] {
  const cases = [...Map.groupBy(incidents, ({ line }) => line.case).values()];
  const found = cases.flatMap((runs) => {
    const right = runs.filter(({ line }) => line.state === "correct").length;
    const passed = passes(runs.length, right, RUNS);
    return passed && runs[0] ? [{ entry: runs[0], passed }] : [];
  });
  if (found.length === 0 || found.length < cases.length) return null;
  const of = (which: keyof Passes): Estimate =>
    estimate(
      found.map(({ entry, passed }) => scored(entry, passed[which])),
      "share",
    );
  return { any: of("any"), all: of("all") };
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
