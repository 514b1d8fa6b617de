import type { Component, Instant } from "../telemetry/model.ts";
import type { Channel, Scored } from "./evidence.ts";

export interface Ranked {
  readonly component: Component;
  /** Weight of the evidence, and the same with tie-breaks and the bonus of a change. */
  readonly B: number;
  readonly H: number;
  readonly facts: readonly Scored[];
}
/** Channels whose e caps in big faults: multiplied by the share of the largest x to break the ties. */
const SHARED: ReadonlySet<Channel> = new Set(["L", "R", "N", "X", "E", "D", "G"]);
/** What the second and further channels add. */
const MORE = 0.3;
/** ln 3 / b: a change triples the odds of a component that has evidence of its own. */
export const CHANGE_BONUS = 0.67;
const LATER: number = 30_000;

/**
 * Fuses channels with equal weights: B = largest e + .3 of the others; H adds up to .5 for whoever was first and the
 * bonus of a change. A change alone makes no candidate.
 */
export function weigh(
  facts: readonly Scored[],
  onsets: ReadonlyMap<Component, Instant> = new Map(),
): readonly Ranked[] {
  const largest = new Map<Channel, number>();
  for (const one of facts) largest.set(one.channel, Math.max(largest.get(one.channel) ?? 0, one.x));
  const first = Math.min(...onsets.values());
  const ranked: Ranked[] = [];
  for (const [component, mine] of Map.groupBy(facts, (one) => one.component)) {
    const byChannel = new Map<Channel, number>();
    for (const one of mine) {
      const top = largest.get(one.channel) ?? 0;
      const share = SHARED.has(one.channel) && top > 0 ? one.x / top : 1;
      byChannel.set(one.channel, Math.max(byChannel.get(one.channel) ?? 0, one.e * share));
    }
    const values = [...byChannel.values()];
    const most = Math.max(...values);
    if (most <= 0) continue;
    const B = most + MORE * (values.reduce((a, b) => a + b, 0) - most);
    const onset = onsets.get(component);
    const early = onset === undefined || !Number.isFinite(first) ? 0 : 0.5 * Math.exp(-(onset - first) / LATER);
    const change = mine.some((one) => one.evidence.signal === "change") && most >= 1 ? CHANGE_BONUS : 0;
    ranked.push({ component, B, H: B + early + change, facts: mine });
  }
  return ranked.sort((a, b) => b.H - a.H || b.B - a.B || (a.component < b.component ? -1 : 1));
}
