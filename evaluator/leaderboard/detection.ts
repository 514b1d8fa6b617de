import type { Millis } from "../../agent/telemetry/model.ts";
import { seeded } from "../../generator/phase.ts";
import { resampled } from "../stats/bootstrap.ts";
import { kaplanMeier, medianInterval, medianTime, type Timed } from "../stats/kaplan-meier.ts";
import { quantile } from "../stats/quantile.ts";
import { type Entry, isIncident, scored } from "./entry.ts";
import { type Estimate, estimate } from "./estimate.ts";

/** How soon incidents are detected, counted from the first harm that users felt. Times in ms. */
export interface Detection {
  /** Kaplan and Meier's: the time by which half are detected, misses being later than their window; null: not reached. */
  readonly median: { readonly value: Millis | null; readonly low: Millis | null; readonly high: Millis | null };
  /** Mean of the times, each cut at tau. */
  readonly restricted: Estimate;
  /** Share not yet detected, a step for each time at which one was. */
  readonly curve: readonly { readonly at: Millis; readonly s: number }[];
  readonly tau: Millis | null;
  readonly n: number;
  readonly detected: number;
  /** Alarms before users were hurt. */
  readonly early: number;
}
interface Wait extends Timed {
  readonly cluster: string;
  readonly case: string;
  readonly early: boolean;
}
const LONGEST: Millis = 300_000;
const DRAWS = 2_000;
const SEED = 11;

/** From onset to the moment the judged window of an incident ends; null on a control. */
export function windowOf({ record: { run, truth } }: Entry): Millis | null {
  return truth.incident && run.harmAt !== null ? (run.revertingAt ?? run.endedAt) - run.harmAt : null;
}

/** The time over which all agents are compared: the shortest window of the set. Null when there is no incident. */
export function tauOf(entries: readonly Entry[]): Millis | null {
  const windows = entries.flatMap((entry) => windowOf(entry) ?? []);
  return windows.length === 0 ? null : Math.min(LONGEST, ...windows);
}

export function detectionOf(entries: readonly Entry[], tau: Millis | null): Detection {
  const waits = entries.filter(isIncident).flatMap(waitOf);
  const curve = kaplanMeier(waits);
  const cut = waits.map(({ case: id, cluster, at, seen }) => ({ case: id, cluster, value: cutAt(at, seen, tau ?? 0) }));
  return {
    median: { value: medianTime(curve), ...intervalOf(waits) },
    restricted: estimate(tau === null ? [] : cut, "mean"),
    curve: curve.map(({ at, s }) => ({ at, s })),
    tau,
    n: new Set(waits.map((one) => one.case)).size,
    detected: waits.filter(({ seen }) => seen).length / Math.max(1, waits.length),
    early: waits.filter(({ early }) => early).length,
  };
}

const cutAt = (at: Millis, seen: boolean, tau: Millis): Millis => (seen ? Math.min(at, tau) : tau);

/** An agent that broke has detected nothing in its window. */
function waitOf(entry: Entry): Wait[] {
  const measured = entry.line.measurements["ttd-from-onset"];
  const window = windowOf(entry);
  const { case: id, cluster } = scored(entry, 0);
  if (measured === undefined || window === null) return [];
  if (measured.kind === "value") {
    const at = Math.max(0, measured.value);
    return [{ case: id, cluster, at, seen: true, early: measured.value < 0 }];
  }
  return [{ case: id, cluster, at: Math.max(0, window), seen: false, early: false }];
}

/** From the curve's band when all waits are independent, else by resampling clusters. */
function intervalOf(waits: readonly Wait[]): { readonly low: Millis | null; readonly high: Millis | null } {
  const clusters = [...Map.groupBy(waits, ({ cluster }) => cluster).values()];
  if (clusters.length === waits.length) return medianInterval(kaplanMeier(waits));
  const medianOf = (of: readonly Wait[]): number => medianTime(kaplanMeier(of)) ?? Number.POSITIVE_INFINITY;
  const drawn = clusters.length < 2 ? [] : resampled(clusters, medianOf, seeded(SEED), DRAWS);
  const at = (p: number): number | null => {
    const found = quantile(drawn, p);
    return Number.isFinite(found) ? found : null;
  };
  return { low: at(0.025), high: at(0.975) };
}
