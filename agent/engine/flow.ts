import type { Component, Millis } from "../telemetry/model.ts";
import type { Digest } from "./digest.ts";
import { type Normal, quantile, sorted, spread, sum } from "./robust.ts";

/** Calls of one edge, as far as flow needs them. */
export interface FlowEdge {
  readonly caller: Component;
  readonly callee: Component;
  readonly sync: boolean;
  /** Calls in the window; unknown when only the graph is. */
  readonly calls?: number;
}
/** How far a component is from normal: seconds (or error ratio) too much per request, its requests, its score. */
export interface Deviation {
  readonly excess: number;
  readonly requests: number;
  readonly z: number;
}
export interface OwnFlow {
  readonly component: Component;
  readonly total: number;
  readonly own: number;
  readonly share: number;
}
/** A deviation below this score carries no flow. Gates from 0 to 5 all gave 1.00 on D1. */
const GATE = 1.5;

/**
 * Explains away what callees caused: F(v) = requests x excess, O(v) = max(0, F(v) - sum a(v,c) F(c)) over synchronous
 * callees, a = the share of c's requests that come from v (of c's callers' flow where calls are not counted). F is
 * inclusive, so one pass is enough and cycles are harmless.
 */
export function flow(edges: readonly FlowEdge[], deviations: ReadonlyMap<Component, Deviation>): readonly OwnFlow[] {
  const total = new Map<Component, number>();
  for (const [component, { excess, requests, z }] of deviations)
    total.set(component, z < GATE ? 0 : requests * Math.max(0, excess));
  const own = new Map<Component, number>(total);
  const others = edges.filter((edge) => edge.caller !== edge.callee);
  for (const [callee, callers] of Map.groupBy(others, (edge) => edge.callee)) {
    const inclusive = total.get(callee) ?? 0;
    const shares = sharesOf(callers, deviations.get(callee)?.requests ?? 0, total);
    callers.forEach(({ caller, sync }, i) => {
      if (!sync) return;
      own.set(caller, (own.get(caller) ?? 0) - (shares[i] ?? 0) * inclusive);
    });
  }
  const kept = [...own].map(([component, value]) => [component, Math.max(0, value)] as const);
  const whole = sum(kept.map(([, value]) => value));
  return kept
    .map(([component, value]) => ({
      component,
      total: total.get(component) ?? 0,
      own: value,
      share: whole > 0 ? value / whole : 0,
    }))
    .sort((a, b) => b.own - a.own || (a.component < b.component ? -1 : 1));
}

/** Which part of a callee's requests each of its callers sends; what no caller sends comes from users. */
function sharesOf(
  callers: readonly FlowEdge[],
  requests: number,
  total: ReadonlyMap<Component, number>,
): readonly number[] {
  const counted = callers.every((edge) => edge.calls !== undefined);
  const weights = callers.map((edge) => (counted ? (edge.calls ?? 0) : (total.get(edge.caller) ?? 0)));
  const all = Math.max(sum(weights), counted ? requests : 0);
  return weights.map((weight) => (all > 0 ? weight / all : 0));
}

/** Own latency of one operation against its history. Times in ms. */
export interface OwnOperation {
  readonly component: Component;
  readonly operation: string;
  readonly mean: Millis;
  readonly normal: Millis;
  readonly z: number;
  readonly spans: number;
  /** (mean - normal) x spans. */
  readonly excess: Millis;
}
/** An operation has changed beyond so many scales, with at least so many spans. D2. */
const CHANGED = 3;
const FEWEST_SPANS = 3;

/** Mean with everything above the values' own 98th percentile cut to it. D2. */
export function winsorised(values: readonly number[]): number {
  const ascending = sorted(values);
  const top = quantile(ascending, 0.98);
  return ascending.length > 0 ? sum(ascending.map((value) => Math.min(value, top))) / ascending.length : 0;
}

/** Middle and scale of an operation over history windows: max(1.4826 MAD, (q80 - m)/.84, .1 m, .5 ms). D2. */
export function windowNormal(values: readonly number[], floor: number, relative = 0.1): Normal {
  const ascending = sorted(values);
  const middle = quantile(ascending, 0.5);
  const scale = Math.max(
    spread(ascending, middle),
    (quantile(ascending, 0.8) - middle) / 0.84,
    relative * Math.abs(middle),
    floor,
  );
  return { middle, scale, n: ascending.length };
}

/** The same of a quiet window, worked out once: every look compares with it. */
function usually(values: readonly number[]): number {
  const mean = means.get(values) ?? winsorised(values);
  means.set(values, mean);
  return mean;
}
const means = new WeakMap<readonly number[], number>();

/** Which operations spend more time of their own than in quiet windows: client spans are children, so no network time. */
export function ownOperations(now: Digest, history: readonly Digest[]): readonly OwnOperation[] {
  const found: OwnOperation[] = [];
  for (const [component, tally] of now.components)
    for (const [operation, values] of tally.operations) {
      if (values.length < FEWEST_SPANS) continue;
      const before = history.flatMap((part) => {
        const past = part.components.get(component)?.operations.get(operation);
        return past && past.length > 0 ? [usually(past)] : [];
      });
      if (before.length === 0) continue;
      const normal = windowNormal(before, 0.5);
      const mean = winsorised(values);
      const z = (mean - normal.middle) / normal.scale;
      if (z <= CHANGED) continue;
      const excess = (mean - normal.middle) * values.length;
      found.push({ component, operation, mean, normal: normal.middle, z, spans: values.length, excess });
    }
  return found.sort((a, b) => b.excess - a.excess);
}
