import type { Millis } from "../../agent/telemetry/model.ts";
import type { RunScore } from "./accepted.ts";
import type { Pairs } from "./paired.ts";

/** What is known of a recorded case, whoever speaks about it. */
export interface Known {
  readonly cluster: string;
  readonly incident: boolean;
  /** Time in which every alarm is a false one. */
  readonly calm: Millis;
  /** From the first harm to the end of the judged time; null for a control. */
  readonly window: Millis | null;
}
/** One case, as it was accepted and as it is now. */
export interface Pair {
  readonly id: string;
  readonly known: Known;
  readonly before: readonly RunScore[];
  readonly now: readonly RunScore[];
}
/** A share is told in points, a time in seconds, a count by the hour. */
export type Unit = "share" | "s" | "an hour";
/** A score that a gate compares. */
export interface Measure {
  readonly name: string;
  readonly unit: Unit;
  takes(known: Known): boolean;
  /** Whether a run was asked for it; a case is compared where all its runs were. */
  has?(run: RunScore): boolean;
  /** What a run adds; more is better. */
  worth(run: RunScore, tau: Millis): number;
  /** What a case weighs. */
  weight(known: Known): number;
}
export const HOUR: Millis = 3_600_000;
/** A restricted mean looks no further than this, nor than the shortest window. */
const LONGEST_TAU: Millis = 300_000;
const once = (): number => 1;
const always = (): boolean => true;

export const EXACT_SET: Measure = {
  name: "exact_set",
  unit: "share",
  takes: ({ incident }) => incident,
  worth: ({ exact_set }) => exact_set,
  weight: once,
};
/** These can make a gate red, and never hold up a green one. */
export const SECONDARY: readonly Measure[] = [
  { name: "abstain", unit: "share", takes: ({ incident }) => !incident, worth: EXACT_SET.worth, weight: once },
  {
    name: "rmttd",
    unit: "s",
    takes: ({ incident }) => incident,
    worth: ({ ttd_ms }, tau) => -Math.min(ttd_ms ?? tau, tau) / 1_000,
    weight: once,
  },
  {
    name: "fa_per_hour",
    unit: "an hour",
    takes: ({ calm }) => calm > 0,
    worth: ({ false_alarms }) => -false_alarms,
    weight: ({ calm }) => calm / HOUR,
  },
  {
    name: "claim_grounded",
    unit: "share",
    takes: ({ incident }) => incident,
    has: ({ grounded }) => grounded !== undefined,
    worth: ({ grounded }) => grounded ?? 0,
    weight: once,
  },
];

/** Times to detect are cut here, so that the misses of all cases count the same. */
export function tauOf(pairs: readonly Pair[]): Millis {
  return Math.min(LONGEST_TAU, ...pairs.flatMap(({ known: { window } }) => (window === null ? [] : [window])));
}

/** Differences of one score, summed over the cases of a cluster. */
export function differences(
  { takes, has = always, worth, weight }: Measure,
  pairs: readonly Pair[],
  tau: Millis,
): Pairs {
  const clusters = new Map<string, { readonly sum: number; readonly weight: number }>();
  const meanOf = (runs: readonly RunScore[]): number =>
    runs.reduce((sum, run) => sum + worth(run, tau), 0) / runs.length;
  for (const { known, before, now } of pairs) {
    if (!takes(known) || ![...before, ...now].every(has)) continue;
    const own = clusters.get(known.cluster) ?? { sum: 0, weight: 0 };
    const sum = own.sum + meanOf(now) - meanOf(before);
    clusters.set(known.cluster, { sum, weight: own.weight + weight(known) });
  }
  const all = [...clusters.values()];
  return { sums: Float64Array.from(all, ({ sum }) => sum), weights: Float64Array.from(all, (one) => one.weight) };
}

/** Mean of one score over all runs of all cases that have it: a case counts once, however many runs it has. */
export function level(
  measure: Measure,
  pairs: readonly Pair[],
  runsOf: (pair: Pair) => readonly RunScore[],
  tau: Millis,
): number {
  const own = pairs.filter(({ known }) => measure.takes(known));
  const sum = own.reduce((all, pair) => {
    const runs = runsOf(pair);
    return all + runs.reduce((mean, run) => mean + measure.worth(run, tau) / runs.length, 0);
  }, 0);
  return sum / own.reduce((all, { known }) => all + measure.weight(known), 0);
}
