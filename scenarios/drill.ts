import { everywhere, type Phase, type Range } from "../generator/phase.ts";
import type { AppId, Millis } from "../generator/targets/target.ts";
import { constant } from "../generator/traffic/load.ts";

const SECOND: Millis = 1_000;
/** The article's demo rate, for each app. */
export const CALM_RPS = 10;
/** What the article's production event sends. */
export const SPIKE_RPS = 30;

/** What differs from healthy time while the drill watches; nothing differs in a plain control. */
export type Watch = Partial<Pick<Phase, "lasts" | "load" | "rush" | "reserved" | "poison" | "faults" | "changes">>;
/** What happens in healthy time: harmless changes, if any. */
export type Healthy = Pick<Phase, "changes">;

/**
 * The four phases of a drill of about five minutes: warm-up, healthy baseline, watch, recovery. Their names must occur in
 * no telemetry by chance (a `recovery.go` in a stack trace would): a recording in which one does is void.
 */
export function drill(watch: Watch, healthy: Healthy = {}): readonly [Phase, ...Phase[]] {
  const load = everywhere(constant(CALM_RPS));
  return [
    { name: "warm-up-time", kind: "warm-up", lasts: 45 * SECOND, load },
    { name: "baseline-time", kind: "steady", lasts: { from: 120 * SECOND, to: 140 * SECOND }, load, ...healthy },
    { name: "watch-time", kind: "watch", lasts: { from: 75 * SECOND, to: 90 * SECOND }, load, ...watch },
    { name: "recovery-time", kind: "recovery", lasts: 150 * SECOND, load },
  ];
}

/** A watch for what takes its time: a roll of the Java app, two faults one after the other. */
export const LONGER: Range = { from: 95 * SECOND, to: 110 * SECOND };
/** A watch for what has to fill up first. */
export const LONGEST: Range = { from: 120 * SECOND, to: 135 * SECOND };
/** Some time in the first two thirds of the watch: before, with or after what goes wrong. */
export const MEANWHILE: Range = { from: 4 * SECOND, to: 50 * SECOND };
/** Right after what goes wrong began, before anyone can have noticed: the latest change is the innocent one. */
export const RIGHT_AFTER: Range = { from: 2 * SECOND, to: 8 * SECOND };
/** Some time in the healthy minutes, early enough to be over before the watch. */
export const BEFOREHAND: Range = { from: 10 * SECOND, to: 50 * SECOND };

/** Calm load everywhere but on one app. */
export function spike(app: AppId, rps = SPIKE_RPS): Phase["load"] {
  return { ...everywhere(constant(CALM_RPS)), [app]: constant(rps) };
}

/** The article's lengths: 900 s of normal load, 600 s of production event. */
export const ARTICLE = { normal: { "watch-time": 900 * SECOND }, event: { "watch-time": 600 * SECOND } };
/** Longer than the longest watch: faults end by themselves if everything else fails. */
export const TTL: Millis = 15 * 60 * SECOND;
