import type { Component } from "../telemetry/model.ts";
import { countOf, type Digest, type EdgeTally, edgeOf } from "./digest.ts";
import { type Fact, figure, type Scored, scored } from "./evidence.ts";
import type { Scene } from "./scene.ts";
import type { Node } from "./traces.ts";

/** Calls a request from which an edge is amplified. Engine page, section 10. */
const MORE = 1.5;
const LEAST = 0.3;
/** Share of calls that fail from which more calls are retries. H. */
const FAILING = 0.2;

/**
 * Edges that are called more often a request than in quiet time. More calls of one span are a loop or retries; more
 * spans that call at all are a cache that no longer helps.
 */
export function amplified(scene: Scene): readonly Scored[] {
  const found: Scored[] = [];
  const now = callsPerParent(scene.nodes, scene.window.from);
  const before = usualCalls(scene.past.nodes);
  for (const [name, edge] of scene.digest.edges) {
    const past = scene.past.whole.edges.get(name);
    const rate = perRequest(scene.digest, edge.caller, edge.count);
    const usual = past ? perRequest(scene.past.whole, edge.caller, past.count) : 0;
    if (!past || past.count < 20 || edge.count < 20 || rate < MORE * usual || rate - usual < LEAST) continue;
    const repeated = (now.get(name) ?? 1) >= MORE * (before.get(name) ?? 1);
    const fact = factOf(edge, repeated);
    if (!fact) continue;
    const told = {
      signal: "structure",
      claim: `${edge.caller} calls ${edge.callee} ${figure(rate)} times a request, normally ${figure(usual)}`,
      value: rate,
      normal: usual,
      unit: "1",
      query: { ask: "calls", within: scene.window, caller: edge.caller, callee: edge.callee },
    } as const;
    found.push(scored("E", fact, edge.caller, (rate / usual - 1) / 5, told));
  }
  return found;
}

function factOf(edge: EdgeTally, repeated: boolean): Fact | undefined {
  const failing = countOf(edge.broken) >= FAILING * edge.count;
  if (repeated) return failing ? "retries" : "chatty";
  // Failures are not cached, so that more calls of a failing callee are no sign of their own.
  return failing || edge.failed >= FAILING * edge.count ? undefined : "misses";
}

/** Quiet time is counted once, not at every look. */
function usualCalls(nodes: readonly Node[]): ReadonlyMap<string, number> {
  const counted = usual.get(nodes) ?? callsPerParent(nodes, 0);
  usual.set(nodes, counted);
  return counted;
}
const usual = new WeakMap<readonly Node[], ReadonlyMap<string, number>>();

/** Mean calls of each edge by one calling span. */
function callsPerParent(nodes: readonly Node[], from: number): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  const parents = new Map<string, Set<string>>();
  for (const { span, callee } of nodes) {
    if (callee === undefined || span.end < from) continue;
    const name = edgeOf(span.component, callee);
    calls.set(name, (calls.get(name) ?? 0) + 1);
    const of = parents.get(name) ?? new Set<string>();
    parents.set(name, of);
    of.add(span.parent ?? span.id);
  }
  return new Map([...calls].map(([name, count]) => [name, count / Math.max(1, parents.get(name)?.size ?? 1)]));
}

const perRequest = (digest: Digest, caller: Component, calls: number) =>
  calls / Math.max(1, digest.components.get(caller)?.requests ?? 0);
