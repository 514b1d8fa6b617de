import { type Channel, type Fact, FLOORS, type Scored, scored } from "../../agent/engine/evidence.ts";
import { weigh } from "../../agent/engine/hypotheses.ts";
import { median, quantile, sorted, spread, strength } from "../../agent/engine/robust.ts";
import type { Component } from "../../agent/telemetry/model.ts";
import type { Ranking } from "../references/ranking.ts";
import type { Channels } from "./nezha-channels.ts";

/** The name under which a channel's excess goes into the fusion. */
const FACTS: Readonly<Partial<Record<Channel, Fact>>> = {
  C: "cpu-up",
  M: "memory-up",
  L: "slow",
  N: "gap",
  E: "diverges",
  D: "steps-lost",
  G: "new-template",
};
/** From so many windows on their spread is known. W. */
const FEWEST_WINDOWS = 10;

/**
 * Suspects of one window, best first: each channel's excess is judged by how it varies over the other windows, which may
 * hold faults of their own, and the channels are fused with equal weights as in a drill (D2).
 */
export function fused(now: Channels, others: readonly Channels[]): Ranking {
  const facts = [...now].flatMap(([channel, excess]) => {
    const history = others.flatMap((one) => (one.has(channel) ? [one.get(channel) ?? new Map()] : []));
    return [...excess].flatMap(([component, x]) => factOf(channel, component, x, history));
  });
  return weigh(facts).map(({ component }) => [component]);
}

function factOf(
  channel: Channel,
  component: Component,
  x: number,
  history: readonly ReadonlyMap<Component, number>[],
): readonly Scored[] {
  const fact = FACTS[channel];
  const e = strength(
    against(
      x,
      history.map((one) => one.get(component) ?? 0),
      FLOORS[channel],
    ),
  );
  if (fact === undefined || e <= 0) return [];
  const query = { ask: "spans", component } as const;
  return [
    scored(channel, fact, component, x, { signal: "structure", claim: `channel ${channel} of ${component}`, query }, e),
  ];
}

/** z = (x - m) / max(1.4826 MAD, (q80 - m) / .84, floor) over history windows; with few of them m = 0 and the floor. */
export function against(x: number, history: readonly number[], floor: number): number {
  if (history.length < FEWEST_WINDOWS) return Math.max(0, x / floor);
  const middle = median(history);
  const scale = Math.max(spread(history, middle), (quantile(sorted(history), 0.8) - middle) / 0.84, floor);
  return Math.max(0, (x - middle) / scale);
}
