import { everywhere, type Phase } from "../generator/phase.ts";
import type { AppId, Millis } from "../generator/targets/target.ts";
import { constant } from "../generator/traffic/load.ts";

const SECOND: Millis = 1_000;
/** The article's demo rate, for each app. */
export const CALM_RPS = 10;
/** What the article's production event sends. */
export const SPIKE_RPS = 30;

/** What differs from healthy time while the drill watches; nothing differs in a plain control. */
export type Watch = Partial<Pick<Phase, "load" | "reserved" | "faults">>;

/**
 * The four phases of a drill of about five minutes: warm-up, healthy baseline, watch, recovery. Their names must occur in
 * no telemetry by chance (a `recovery.go` in a stack trace would): a recording in which one does is void.
 */
export function drill(watch: Watch): readonly [Phase, ...Phase[]] {
  const load = everywhere(constant(CALM_RPS));
  return [
    { name: "warm-up-time", kind: "warm-up", lasts: 45 * SECOND, load },
    { name: "baseline-time", kind: "steady", lasts: { from: 120 * SECOND, to: 140 * SECOND }, load },
    { name: "watch-time", kind: "watch", lasts: { from: 75 * SECOND, to: 90 * SECOND }, load, ...watch },
    { name: "recovery-time", kind: "recovery", lasts: 150 * SECOND, load },
  ];
}

/** Calm load everywhere but on one app. */
export function spike(app: AppId, rps = SPIKE_RPS): Phase["load"] {
  return { ...everywhere(constant(CALM_RPS)), [app]: constant(rps) };
}

/** The article's lengths: 900 s of normal load, 600 s of production event. */
export const ARTICLE = { normal: { "watch-time": 900 * SECOND }, event: { "watch-time": 600 * SECOND } };
/** Longer than the longest watch: faults end by themselves if everything else fails. */
export const TTL: Millis = 15 * 60 * SECOND;
