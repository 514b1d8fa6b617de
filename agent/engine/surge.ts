import type { Component } from "../telemetry/model.ts";
import type { Norms } from "./baseline.ts";
import type { Row } from "./bins.ts";

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

/** In a surge, slower is not yet harm: users are hurt when enough of them wait beyond the objective. */
export function objectiveBroken(durations: readonly number[], worst: number): boolean {
  const limit = Math.max(OBJECTIVE, 2 * worst);
  let beyond = 0;
  for (const seconds of durations) if (seconds > limit) beyond++;
  return durations.length > 0 && beyond / durations.length >= HURT_SHARE;
}
