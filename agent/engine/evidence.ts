import type { Evidence, Query, Signal } from "../investigation.ts";
import type { Component } from "../telemetry/model.ts";
import { strength } from "./robust.ts";

/**
 * Independent kinds of evidence: C cpu, M memory, P pools and queues, L own latency, R own errors, N slow network,
 * X failed connections, E and D structure (the deepest divergence, what became rarer), G logs, K objects of the platform.
 */
export type Channel = "C" | "M" | "P" | "L" | "R" | "N" | "X" | "E" | "D" | "G" | "K";

/** What can be true of a component; the table of causes speaks in these. */
export type Fact =
  | "cpu-up" | "cpu-high" | "throttled" | "stall" | "memory-up" | "gc" | "oom" | "restarts" | "not-ready" | "silent"
  | "pool-full" | "pool-errors" | "pool-wait" | "queue" | "lock-wait" | "blocked" | "disk-full"
  | "slow" | "slow-some" | "slow-all" | "own-errors" | "refusals" | "gap" | "slow-callee" | "slow-callee-some"
  | "lost" | "refused" | "dns" | "tls" | "provider-errors" | "retries" | "chatty" | "misses" | "new-template" | "diverges" | "steps-lost"
  | "config-error" | "deployed" | "config-changed" | "job-ran" | "surge" | "saturated"; // biome-ignore format: a table reads better than a column

/** One fact with its weight: `x` in the channel's unit, `e` on the common scale from 0 to 4. */
export interface Scored {
  readonly channel: Channel;
  readonly fact: Fact;
  readonly component: Component;
  readonly x: number;
  readonly e: number;
  readonly evidence: Evidence;
}

/** Smallest scale of each channel, in its unit. Source: engine page, section 11 (W, H). */
export const FLOORS: Readonly<Record<Channel, number>> = {
  C: 1,
  M: 1,
  P: 3,
  L: 3,
  R: 0.02,
  N: 10,
  X: 0.02,
  E: 0.02,
  D: 0.08,
  G: 0.015,
  K: 1,
};

export interface Told {
  readonly signal: Signal;
  readonly claim: string;
  readonly query: Query;
  readonly direction?: Evidence["direction"];
  readonly value?: number;
  readonly normal?: number;
  readonly unit?: string;
}

/** Weight of `x`, an excess over normal in the channel's unit, on the common scale. */
export const weightOf = (channel: Channel, x: number): number => strength(x / FLOORS[channel]);

/** Weighs `x`, an excess over normal in the channel's unit; `e` may be given where a rule fixes it. */
export function scored(channel: Channel, fact: Fact, component: Component, x: number, told: Told, e?: number): Scored {
  const weight = e ?? weightOf(channel, x);
  const { direction = "up", value, normal, unit, ...rest } = told;
  const evidence: Evidence = {
    id: `${component}/${fact}`,
    component,
    direction,
    strength: weight,
    ...(value === undefined || !Number.isFinite(value) ? {} : { value }),
    ...(normal === undefined || !Number.isFinite(normal) ? {} : { normal }),
    ...(unit === undefined ? {} : { unit }),
    ...rest,
  };
  return { channel, fact, component, x, e: weight, evidence };
}

/** The same evidence, counted for another component: a consequence speaks for its cause. */
export function moved(one: Scored, to: Component, factor: number): Scored {
  const evidence = { ...one.evidence, id: `${to}/${one.fact} of ${one.component}` };
  return { ...one, component: to, e: one.e * factor, x: one.x * factor, evidence };
}

/** A number for people: three significant digits. */
export const figure = (value: number): string =>
  Math.abs(value) >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
export const percent = (share: number): string => `${figure(share * 100)} %`;
export const ms = (millis: number): string => `${figure(millis)} ms`;
