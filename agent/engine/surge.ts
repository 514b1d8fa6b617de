import type { Component } from "../telemetry/model.ts";
import type { Norms } from "./baseline.ts";
import type { Row } from "./bins.ts";
import { quantile, slope, sorted } from "./robust.ts";

/** More users than twice the usual are a surge. H. */
export const SURGE = 2;
/** Share of user requests beyond the objective that hurts during a surge. H. */
const HURT_SHARE = 0.05;
/** A user waits too long beyond this many seconds, or twice the baseline's worst, whichever is more. H. */
const OBJECTIVE = 1;

export interface Surge {
  /** Largest rate over its normal among the entries, and where. */
  readonly ratio: number;
  readonly entry: Component;
  /** Rate over normal for every component that answers requests. */
  readonly ratios: ReadonlyMap<Component, number>;
}

/** Is there a rise of user traffic? Rates of users only: retries between components are not a surge. */
export function surge(users: Row, all: Row, userNorms: Norms, norms: Norms): Surge | undefined {
  let top: { ratio: number; entry: Component } | undefined;
  for (const [entry, cell] of users) {
    const normal = userNorms.get(entry)?.rate;
    if (!normal || normal.middle <= 0) continue;
    const ratio = cell.count / normal.middle;
    if (ratio >= SURGE && (!top || ratio > top.ratio)) top = { ratio, entry };
  }
  if (!top) return undefined;
  const ratios = new Map<Component, number>();
  for (const [component, cell] of all) {
    const normal = norms.get(component)?.rate.middle ?? 0;
    if (normal > 0) ratios.set(component, cell.count / normal);
  }
  return { ...top, ratios };
}

/**
 * How a resource grows with the rate: Theil-Sen slope of ln x on ln rate if the history's rate spreads, else the
 * given default (1 for cpu, 0 for latency and memory); within [0, 1.5].
 */
export function elasticity(rate: readonly number[], x: readonly number[], otherwise: number): number {
  const ascending = sorted(rate.filter((value) => value > 0));
  if (ascending.length < 8 || quantile(ascending, 0.95) < 1.2 * quantile(ascending, 0.05)) return otherwise;
  const pairs = rate.flatMap((value, i) =>
    value > 0 && (x[i] ?? 0) > 0 ? [[Math.log(value), Math.log(x[i] ?? 1)]] : [],
  );
  const found = slope(
    pairs.map((pair) => pair[0] ?? 0),
    pairs.map((pair) => pair[1] ?? 0),
  );
  return Math.min(1.5, Math.max(0, found));
}

/** What is left of `x` when the part that the higher rate explains is taken out. */
export function residual(x: number, middle: number, ratio: number, power: number): number {
  return x - middle * (Math.max(1, ratio) ** power - 1);
}

/** In a surge, slower is not yet harm: users are hurt when enough of them wait beyond the objective. */
export function objectiveBroken(durations: readonly number[], worst: number): boolean {
  const limit = Math.max(OBJECTIVE, 2 * worst);
  let beyond = 0;
  for (const seconds of durations) if (seconds > limit) beyond++;
  return durations.length > 0 && beyond / durations.length >= HURT_SHARE;
}
