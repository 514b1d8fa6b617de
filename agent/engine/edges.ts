import type { ErrorKind } from "../investigation.ts";
import type { Component, Millis } from "../telemetry/model.ts";
import { type Digest, type EdgeTally, edgeOf } from "./digest.ts";

export { edgeOf } from "./digest.ts";

import { median, quantile, sorted, spread } from "./robust.ts";
import type { Node } from "./traces.ts";

/** An edge whose calls take longer than their callee accounts for. Times in ms. */
export interface Gap {
  readonly caller: Component;
  readonly callee: Component;
  /** Median now less median before, and that before. */
  readonly delay: Millis;
  readonly normal: Millis;
  readonly scale: Millis;
  readonly samples: number;
  readonly anomalous: boolean;
  /** All operations on the edge are slower by about the same time: what a slow link does and a slow callee does not. */
  readonly uniform: boolean;
  /** From client spans alone: the callee sends no spans of its own. */
  readonly virtual: boolean;
}
/** Who is blamed for slow edges. */
export interface Blame {
  /** A component, or `u->v` when a single edge was taken. */
  readonly component: Component;
  /** The end that the cover took. */
  readonly node: Component;
  readonly score: Millis;
  readonly taken: readonly Gap[];
  readonly alternatives: readonly Component[];
}

/** Slower by more than 8 ms and 4 scales. D2. */
const SLOWER: Millis = 8;
const SCALES = 4;
const FLOOR: Millis = 2;
const FEWEST = 2;
/** Operations count as alike if even the fast quarter of each is slower by half of the common delay. H. */
const ALIKE = 0.5;
const OPERATION_SAMPLES = 3;

/** The gap of every edge that was called now and before. */
export function gaps(now: Digest, before: Digest): readonly Gap[] {
  const found: Gap[] = [];
  for (const [name, tally] of now.edges) {
    const past = before.edges.get(name);
    if (!past) continue;
    const gap = past.gaps.length > 0 ? answeredGap(tally, past) : virtualGap(tally, past);
    if (gap) found.push(gap);
  }
  return found;
}

function answeredGap(tally: EdgeTally, past: EdgeTally): Gap | undefined {
  if (tally.gaps.length < FEWEST || past.gaps.length < FEWEST) return undefined;
  const ascending = sorted(tally.gaps);
  const history = sorted(past.gaps);
  const normal = quantile(history, 0.5);
  const delay = quantile(ascending, 0.5) - normal;
  const alike = quantile(ascending, 0.25) - quantile(history, 0.25) >= ALIKE * delay;
  return gapOf(tally, delay, normal, spread(history, normal), ascending.length, alike, false);
}

/** Without server spans: the median over operations of how much slower each became. */
function virtualGap(tally: EdgeTally, past: EdgeTally): Gap | undefined {
  const shifts: { readonly middle: number; readonly low: number; readonly normal: number; readonly scale: number }[] =
    [];
  let samples = 0;
  for (const [operation, values] of tally.operations) {
    const history = sorted(past.operations.get(operation) ?? []);
    if (values.length < OPERATION_SAMPLES || history.length < OPERATION_SAMPLES) continue;
    const ascending = sorted(values);
    const normal = quantile(history, 0.5);
    const low = quantile(ascending, 0.25) - quantile(history, 0.25);
    shifts.push({ middle: quantile(ascending, 0.5) - normal, low, normal, scale: spread(history, normal) });
    samples += values.length;
  }
  if (shifts.length === 0) return undefined;
  const delay = median(shifts.map((shift) => shift.middle));
  const alike =
    shifts.length >= 2 && shifts.every((shift) => shift.low >= ALIKE * delay && shift.middle <= delay / ALIKE);
  const normal = median(shifts.map((shift) => shift.normal));
  return gapOf(tally, delay, normal, median(shifts.map((shift) => shift.scale)), samples, alike, true);
}

function gapOf(
  tally: EdgeTally,
  delay: number,
  normal: number,
  mad: number,
  samples: number,
  alike: boolean,
  virtual: boolean,
): Gap {
  const scale = Math.max(mad, FLOOR, 0.25 * Math.abs(normal));
  const anomalous = delay > SLOWER && delay / scale > SCALES;
  return {
    caller: tally.caller,
    callee: tally.callee,
    delay,
    normal,
    scale,
    samples,
    anomalous,
    uniform: anomalous && alike,
    virtual,
  };
}

/**
 * Greedy cover of the anomalous edges by as few places as possible: takes the node with the largest
 * `sum of delays x (its anomalous edges / its observed edges) x (1.15 if it is a callee)` until none is left. D2.
 */
export function cover(observed: readonly Gap[]): readonly Blame[] {
  let left = observed.filter((gap) => gap.anomalous);
  const blames: Blame[] = [];
  while (left.length > 0) {
    const nodes = [...new Set(left.flatMap((gap) => [gap.caller, gap.callee]))].sort();
    const values = nodes.map((node) => ({ node, value: coverValue(node, left, observed) }));
    const best = values.reduce((a, b) => (b.value > a.value + 1e-9 ? b : a));
    const taken = left.filter((gap) => gap.caller === best.node || gap.callee === best.node);
    const [first] = taken;
    if (!first) break;
    const single = taken.length === 1 && first ? edgeOf(first.caller, first.callee) : undefined;
    const ends = [first.callee, first.caller];
    blames.push({
      component: single ?? best.node,
      node: best.node,
      score: best.value / taken.length,
      taken,
      alternatives: single ? ends : taken.map((gap) => edgeOf(gap.caller, gap.callee)),
    });
    left = left.filter((gap) => !taken.includes(gap));
  }
  return blames;
}

function coverValue(node: Component, left: readonly Gap[], observed: readonly Gap[]): number {
  const touches = (gap: Gap) => gap.caller === node || gap.callee === node;
  const mine = left.filter(touches);
  const seen = observed.filter(touches).length;
  const delays = mine.reduce((total, gap) => total + gap.delay, 0);
  return delays * (mine.length / Math.max(1, seen)) * (mine.some((gap) => gap.callee === node) ? 1.15 : 1);
}

/** Failed calls of one edge that no failure of the callee explains. */
export interface Broken {
  readonly caller: Component;
  readonly callee: Component;
  readonly kinds: ReadonlyMap<ErrorKind, readonly Node[]>;
  readonly calls: number;
  readonly failed: number;
  /** Failures beyond what quiet time has at this number of calls. */
  readonly excess: number;
  readonly answered: number;
}

/** Edges with more unexplained failures than before. */
export function broken(now: Digest, before: Digest): readonly Broken[] {
  const found: Broken[] = [];
  for (const [name, tally] of now.edges) {
    const failed = total(tally);
    const past = before.edges.get(name);
    const share = past && past.count > 0 ? total(past) / past.count : 0;
    const excess = failed - share * tally.count;
    if (failed === 0 || excess <= 0) continue;
    const { caller, callee, answered, count: calls } = tally;
    found.push({ caller, callee, kinds: tally.broken, calls, failed, excess, answered });
  }
  return found;
}

function total(tally: EdgeTally): number {
  let count = 0;
  for (const nodes of tally.broken.values()) count += nodes.length;
  return count;
}
