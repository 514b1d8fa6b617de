import type { Component } from "../../agent/telemetry/model.ts";
import type { Truth } from "../../scenarios/scenario.ts";
import { isTrueComponent, tidy } from "../answer.ts";
import { expectedHits, type TieGroup } from "../stats/ties.ts";

export type Incident = Extract<Truth, { readonly incident: true }>;
type Ranked = readonly TieGroup<Component>[];

/** AC@k: expected number of true entries among the first k, of those that could be there. */
export function acAt(ranked: Ranked, truth: Incident, k: number): number {
  const hits = expectedHits(ranked, (name) => isTrueComponent(truth, name), k);
  return Math.min(1, hits / Math.min(k, truth.causes.length));
}

/** Share of the first place that is held by one of the innocent; 0 for an empty answer. */
export function innocentFirst([top = []]: Ranked, truth: Incident, innocent: readonly Component[]): number {
  const names = new Set(innocent.map(tidy));
  const held = top.filter((name) => names.has(name) && !isTrueComponent(truth, name)).length;
  return top.length === 0 ? 0 : held / top.length;
}
