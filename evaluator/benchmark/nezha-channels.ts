import type { Bin } from "../../agent/engine/bins.ts";
import { type Digest, merged } from "../../agent/engine/digest.ts";
import { cover, gaps } from "../../agent/engine/edges.ts";
import type { Channel } from "../../agent/engine/evidence.ts";
import { ownOperations } from "../../agent/engine/flow.ts";
import { unusual } from "../../agent/engine/logs.ts";
import { divergence, together } from "../../agent/engine/structure.ts";
import type { Component } from "../../agent/telemetry/model.ts";
import type { FaultWindow, Windows } from "./nezha-window.ts";

/** The excess of each component in each channel's unit, over the pooled other windows of the day. */
export type Channels = ReadonlyMap<Channel, ReadonlyMap<Component, number>>;

const ALWAYS = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** Channels of traces and logs: L own latency, N slow edges, E and D structure, G log lines. */
export function channelsOf(window: FaultWindow, { windows, book }: Windows): Channels {
  const others = windows.filter((one) => one !== window && one.nodes.length > 0);
  if (window.nodes.length === 0 || others.length === 0) return new Map();
  const history = others.map((one) => one.digest);
  const { deepest, lost } = divergence(
    window.nodes,
    window.habits,
    together(others.map(({ habits }) => habits)),
    window.traces,
    window.stepsOf,
  );
  return new Map<Channel, ReadonlyMap<Component, number>>([
    ["L", ownLatency(window, history)],
    ["N", slowEdges(window.digest, merged(history, ALWAYS))],
    ["E", deepest],
    ["D", lost],
    ["G", logLines(window, others, book)],
  ]);
}

function ownLatency({ digest, traces }: FaultWindow, history: readonly Digest[]): ReadonlyMap<Component, number> {
  const found = new Map<Component, number>();
  for (const { component, excess } of ownOperations(digest, history))
    found.set(component, (found.get(component) ?? 0) + excess / Math.max(1, traces));
  return found;
}

/** By component, also where a single edge is slow: the truth of this set is a service. */
function slowEdges(now: Digest, before: Digest): ReadonlyMap<Component, number> {
  const found = new Map<Component, number>();
  for (const { node, score } of cover(gaps(now, before))) found.set(node, (found.get(node) ?? 0) + score);
  return found;
}

function logLines(
  window: FaultWindow,
  others: readonly FaultWindow[],
  book: Windows["book"],
): ReadonlyMap<Component, number> {
  const logged = others.flatMap(({ bin }) => (bin === undefined ? [] : [rangeOf(bin)]));
  const found = new Map<Component, number>();
  if (window.bin === undefined || logged.length === 0) return found;
  const traces = new Map([window, ...others].map((one) => [one.bin, one.traces] as const));
  for (const { component, excess } of unusual(book, rangeOf(window.bin), logged, ({ from }) => traces.get(from) ?? 0))
    found.set(component, (found.get(component) ?? 0) + excess);
  return found;
}
const rangeOf = (bin: Bin) => ({ from: bin, to: bin + 1 });
