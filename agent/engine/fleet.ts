import type { Component } from "../telemetry/model.ts";
import { type Deviation, type FlowEdge, flow } from "./flow.ts";
import { robust, score } from "./robust.ts";

/** A fleet that is seen through one metric of each component alone: no spans, no logs. */
export interface FleetSignal {
  /** The smallest scale, in the signal's unit, and the same as a share of the level. */
  readonly floor: number;
  readonly relative: number;
}
/** Seconds too many a request, in means of five minutes. D1. */
export const LATENCY: FleetSignal = { floor: 0.001, relative: 0.05 };
/** Share of requests that fail. D1. */
export const ERRORS: FleetSignal = { floor: 0.0025, relative: 0 };

/** What is known of one component; NaN where nothing was measured. Higher is worse. */
export interface Watched {
  /** At the alarm. */
  readonly now: number;
  /** Shortly before anything began. */
  readonly before: number;
  /** In quiet time; may be empty. */
  readonly history: readonly number[];
  /** Requests at the alarm. */
  readonly requests: number;
}
/** The score of a component without history: it counts, by its excess alone. */
const UNSCALED = 1000;

/** The smaller of the deviations from history and from the level before the alarm, which survives drift. D1. */
export function deviation({ now, before, history, requests }: Watched, signal: FleetSignal): Deviation | undefined {
  if (!Number.isFinite(now) || !Number.isFinite(requests)) return undefined;
  const normal = robust(history, signal.floor, signal.relative);
  const known = [...(normal.n > 0 ? [now - normal.middle] : []), ...(Number.isFinite(before) ? [now - before] : [])];
  if (known.length === 0) return undefined;
  return { excess: Math.min(...known), requests, z: normal.n > 0 ? score(now, normal) : UNSCALED };
}

/**
 * Suspects, best first: who has flow of its own, by how much; then those whose flow their callees explain, by what
 * passes through them.
 */
export function suspects(
  edges: readonly FlowEdge[],
  deviations: ReadonlyMap<Component, Deviation>,
): readonly Component[] {
  const flows = flow(edges, deviations);
  const explained = flows.filter(({ own, total }) => own === 0 && total > 0).toSorted((a, b) => b.total - a.total);
  return [...flows.filter(({ own }) => own > 0), ...explained].map(({ component }) => component);
}
