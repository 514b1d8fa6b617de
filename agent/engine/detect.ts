import type { Signal } from "../investigation.ts";
import type { Component } from "../telemetry/model.ts";
import { BIN, type Bin } from "./bins.ts";

/** How unusual one stream is in one closed bin. */
export interface Sample {
  readonly component: Component;
  readonly signal: Signal;
  /** Seen by users, not only by other components. */
  readonly userFacing: boolean;
  readonly z: number;
}
export interface Firing extends Sample {
  readonly lane: "point" | "fast" | "slow" | "rule";
  readonly bin: Bin;
  /** The bin where the excursion began. */
  readonly since: Bin;
}
export interface Lane {
  /** The newest five scores, oldest first. */
  readonly last: readonly number[];
  readonly g: number;
  readonly since: Bin | undefined;
}
export interface Watch {
  readonly lanes: ReadonlyMap<string, Lane>;
  readonly recent: readonly Firing[];
}
export const emptyWatch: Watch = { lanes: new Map(), recent: [] };

export interface Thresholds {
  readonly point: number;
  readonly fast: number;
  readonly slow: number;
}
/** Allowance and cap of the CUSUM: without the cap heavy tails push h up. Source: X2. */
const ALLOWANCE = 1.5;
const CAP = 6;
/** A single bin this far out is glaring harm. H; X2: 18 alone costs a false alarm a day. */
const POINT = 25;
/**
 * Error counts are scored on the scale that Poisson gives them, not on one estimated from a short history, so their
 * thresholds do not depend on its length. H; the seeded test of false alarms holds them to the budget.
 */
const ERRORS: Thresholds = { point: 6, fast: 3.2, slow: 6 };
/** Two streams of one component within this time are an alarm. H. */
const TOGETHER = 30_000 / BIN;
/** Signals that are harm by themselves; cpu or memory alone may be a job inside the objective. */
const HARM: ReadonlySet<Signal> = new Set(["latency", "errors", "pool"]);

/** Zf and h by the number of bins in the history. Source: X2; the shortest row H. */
export function thresholds(signal: Signal, bins: number): Thresholds {
  if (signal === "errors") return ERRORS;
  if (bins >= 120) return { point: POINT, fast: 6.7, slow: 22 };
  if (bins >= 60) return { point: POINT, fast: 7.5, slow: 26 };
  if (bins >= 36) return { point: POINT, fast: 8, slow: 28 };
  return { point: POINT, fast: 9, slow: 32 };
}

export const streamOf = (sample: Sample) =>
  `${sample.component} ${sample.signal} ${sample.userFacing ? "users" : "all"}`;

/** Whose stream it is; a component's name may hold spaces. */
export const componentOf = (stream: string): Component => stream.split(" ").slice(0, -2).join(" ");

/** One step of all lanes over one closed bin. */
export function watch(
  state: Watch,
  bin: Bin,
  samples: readonly Sample[],
  bins: number,
): { readonly state: Watch; readonly firings: readonly Firing[] } {
  const lanes = new Map(state.lanes);
  const firings: Firing[] = [];
  for (const sample of samples) {
    const key = streamOf(sample);
    const lane = advance(lanes.get(key), sample.z, bin);
    lanes.set(key, lane);
    const fired = firedLane(lane, thresholds(sample.signal, bins), sample.signal);
    if (fired) firings.push({ ...sample, lane: fired, bin, since: lane.since ?? bin });
  }
  const recent = [...state.recent.filter((firing) => firing.bin > bin - TOGETHER), ...firings];
  return { state: { lanes, recent }, firings };
}

function advance(lane: Lane | undefined, z: number, bin: Bin): Lane {
  const last = [...(lane?.last ?? []).slice(-4), z];
  const g = Math.max(0, (lane?.g ?? 0) + Math.min(CAP, z) - ALLOWANCE);
  return { last, g, since: g > 0 ? (lane?.since ?? bin) : undefined };
}

function firedLane(lane: Lane, limit: Thresholds, signal: Signal): Firing["lane"] | undefined {
  const newest = lane.last.at(-1) ?? 0;
  const descending = [...lane.last].sort((a, b) => b - a);
  // One slow bin may be a stall of the machine; a second within three bins is not. H.
  const twice = lane.last.slice(-3).filter((z) => z >= limit.point).length >= 2;
  if (newest >= limit.point && (signal === "errors" || twice)) return "point";
  if ((descending[2] ?? 0) > limit.fast && newest > ALLOWANCE) return "fast";
  return lane.g > limit.slow && newest > ALLOWANCE ? "slow" : undefined;
}

/** Why an alarm is raised: its firings, the most telling first; nothing if what fired is no harm to users. */
export function raise(state: Watch, rules: readonly Firing[]): readonly Firing[] | undefined {
  const strongest = (a: Firing, b: Firing) => Number(b.userFacing) - Number(a.userFacing) || b.z - a.z;
  const users = state.recent.filter(
    (firing) => firing.userFacing && (firing.signal === "latency" || firing.signal === "errors"),
  );
  if (rules.length > 0) return [...rules, ...users.toSorted(strongest)];
  if (users.length > 0) return users.toSorted(strongest);
  const byComponent = Map.groupBy(state.recent, (firing) => firing.component);
  for (const firings of byComponent.values()) {
    const signals = new Set(firings.map((firing) => firing.signal));
    const counted = [...signals].filter((signal) => signal !== "traffic");
    if (counted.length >= 2 && counted.some((signal) => HARM.has(signal))) return firings.toSorted(strongest);
  }
  return undefined;
}

/** Has the incident ended? No stream that users feel was unusual in the newest `bins` bins. */
export function isQuiet(state: Watch, bins: number): boolean {
  for (const [key, lane] of state.lanes) {
    if (!key.endsWith(" users")) continue;
    if (lane.last.slice(-bins).some((z) => z > 3)) return false;
  }
  return true;
}
