import type { Component } from "../../agent/telemetry/model.ts";
import { type Ranking, rankedBy } from "./ranking.ts";

/** Ranks components by how often they were the cause in other cases; the others it does not know. */
export function prior(others: readonly Component[]): Ranking {
  const counts = new Map<Component, number>();
  for (const component of others) counts.set(component, (counts.get(component) ?? 0) + 1);
  return rankedBy(counts);
}

/** Chance: all components in one group. */
export const chance = (components: readonly Component[]): Ranking => [components];
