import type { DependencyEdge, EdgeFigures } from "../investigation.ts";
import type { Digest, EdgeTally } from "./digest.ts";
import { quantile, sorted } from "./robust.ts";

const NEVER: EdgeFigures = { rate: 0, p50: 0, p95: 0, failed: 0 };

/**
 * Who calls whom: the union of quiet time and now, because a dead callee takes its own edges away. `now` is left out
 * where nothing is looked at but quiet time.
 */
export function dependencyMap(past: Digest, now?: Digest): readonly DependencyEdge[] {
  const names = new Set([...past.edges.keys(), ...(now?.edges.keys() ?? [])]);
  return [...names].sort().flatMap((name) => {
    const before = past.edges.get(name);
    const after = now?.edges.get(name);
    const edge = before ?? after;
    if (!edge) return [];
    return {
      caller: edge.caller,
      callee: edge.callee,
      sync: edge.sync,
      before: before ? figuresOf(before, past) : NEVER,
      ...(now ? { now: after ? figuresOf(after, now) : NEVER } : {}),
      confidence: certainty((before?.count ?? 0) + (after?.count ?? 0)),
    };
  });
}

/** Calls a second, times in ms and share of failures of one edge in the window of its digest. */
export function figuresOf(edge: EdgeTally, { window }: Digest): EdgeFigures {
  const seconds = Math.max(1, window.to - window.from) / 1000;
  const durations = sorted(edge.durations);
  return {
    rate: edge.count / seconds,
    p50: quantile(durations, 0.5),
    p95: quantile(durations, 0.95),
    failed: edge.count > 0 ? edge.failed / edge.count : 0,
  };
}

/** How sure an edge is after n calls: (n + 1) / (n + 3). H. */
export const certainty = (calls: number): number => (calls + 1) / (calls + 3);
