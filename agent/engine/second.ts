import type { Component } from "../telemetry/model.ts";
import { causesOf } from "./causes.ts";
import { samePlace } from "./confidence.ts";
import type { Scored } from "./evidence.ts";
import type { Ranked } from "./hypotheses.ts";

/** A second fault beside, or above, the first: so much evidence in two channels at least, and so much in all. H. */
const STRONG = 2;
const HEAVY = 3;
/** It holds at least this share of the first's evidence. H. */
const SHARE = 0.6;
/** Where neither calls the other, however far, one explains nothing of the other and less is enough. H. */
const CLEAR = 1;
const PLAIN = 1.5;

/** Who calls whom. */
export interface Calls {
  readonly caller: Component;
  readonly callee: Component;
}

/** The candidate that is a fault of its own beside the first; most incidents have none. */
export function secondFault(
  ranked: readonly Ranked[],
  facts: readonly Scored[],
  edges: readonly Calls[],
): Ranked | undefined {
  const [first, ...others] = ranked;
  if (!first) return undefined;
  return others.find((one) => {
    if (samePlace(first.component, one.component)) return false;
    const heavy = one.B >= Math.max(HEAVY, SHARE * first.B) && channelsOf(one, STRONG) >= 2;
    if (heavy) return true;
    const known = (who: Component) => causesOf(who, facts)[0]?.cause !== "unknown";
    const apart = !reaches(one.component, first.component, edges) && !reaches(first.component, one.component, edges);
    return apart && known(one.component) && known(first.component) && isClear(one);
  });
}

/** Two channels, or one of measurements that is plain by itself. */
const isClear = (one: Ranked) => channelsOf(one, CLEAR) >= 2 || channelsOf(one, PLAIN) >= 1;

/** Who remains as a rival of one of two faults: not those who suffer from the other. */
export const rivalsOf = (rest: readonly Ranked[], other: Ranked, edges: readonly Calls[]): readonly Ranked[] =>
  rest.filter((one) => !samePlace(one.component, other.component) && !reaches(one.component, other.component, edges));

/** Channels with own evidence of some weight: not what was only credited to it, nor words in logs alone. */
function channelsOf({ facts }: Ranked, least: number): number {
  const own = facts.filter((one) => one.e >= least && one.fact !== "pool-wait");
  const channels = new Set(own.map((one) => one.channel));
  return channels.size === 1 && channels.has("G") ? 0 : channels.size;
}

/** Whether calls lead from one place to another; an edge is left by its callee and entered by its caller. */
export function reaches(from: Component, to: Component, edges: readonly Calls[]): boolean {
  const target = to.split("->")[0];
  const seen = new Set<Component>([from.split("->").at(-1) ?? from]);
  for (const at of seen) {
    if (at === target) return true;
    for (const edge of edges) if (edge.caller === at) seen.add(edge.callee);
  }
  return false;
}
