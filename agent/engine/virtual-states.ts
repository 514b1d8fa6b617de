import type { Component } from "../telemetry/model.ts";
import type { Health, Look } from "./component-states.ts";
import type { Digest, EdgeTally } from "./digest.ts";
import { ms, percent } from "./evidence.ts";
import { quantile, sorted } from "./robust.ts";

/** Fewer calls than this tell nothing. H. */
const FEWEST = 10;
/** Failures beyond chance, 2 (sqrt k - sqrt expected), and by this share, make it failing. H. */
const BEYOND_CHANCE = 3;
const FAILING = 0.05;
/** Calls count as slower by this many ms and this ratio at their upper quartile. D2 for the first, H for the second. */
const SLOWER = 8;
const RATIO = 1.5;

/** How a component without telemetry of its own is, by the calls of those who use it. */
export function virtualState({ now, past, beyondSlowWays }: Look, component: Component): Health {
  const calls = edgesTo(now, component);
  const before = edgesTo(past, component);
  const count = total(calls, (edge) => edge.count);
  if (count < FEWEST) return { health: "unknown", why: `only ${count} calls to judge by` };
  const failed = total(calls, (edge) => edge.failed);
  const usual =
    total(before, (edge) => edge.failed) /
    Math.max(
      1,
      total(before, (edge) => edge.count),
    );
  const fails = `${percent(failed / count)} of the calls to it fail, normally ${percent(usual)}`;
  if (2 * (Math.sqrt(failed) - Math.sqrt(usual * count)) >= BEYOND_CHANCE && failed / count - usual >= FAILING)
    return { health: "failing", why: fails };
  const time = (edges: readonly EdgeTally[]) => quantile(sorted(edges.flatMap((edge) => edge.durations)), 0.75);
  const [slow, normal] = [time(calls), time(before)];
  const times = `three in four calls to it end within ${ms(slow)}, normally ${ms(normal)}`;
  if (slow - normal < SLOWER || slow < RATIO * normal) return { health: "healthy", why: `as always: ${times}` };
  if (beyondSlowWays.has(component)) return { health: "healthy", why: `${times}; it is the way to it that is slow` };
  return { health: "degraded", why: times };
}

const edgesTo = (digest: Digest, component: Component) =>
  [...digest.edges.values()].filter((edge) => edge.callee === component);
const total = (edges: readonly EdgeTally[], of: (edge: EdgeTally) => number) =>
  edges.reduce((sum, edge) => sum + of(edge), 0);
