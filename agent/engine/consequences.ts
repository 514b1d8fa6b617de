import type { Component } from "../telemetry/model.ts";
import { type EdgeTally, edgeOf } from "./digest.ts";
import { type Fact, moved, type Scored } from "./evidence.ts";
import { isExhausted, type Pool } from "./resources.ts";
import type { Scene } from "./scene.ts";

/** Share of a pool's members that calls in flight must account for, by Little's law, to be what holds them. H. */
const HELD_BY_CALLS = 0.4;
/** The calls themselves must have become so much slower. H. */
const SLOWER = 1.5;

/** A pool that ran out because calls through it take longer, and the call that holds most of it. */
export interface Consequence {
  readonly pool: Pool;
  readonly edge: EdgeTally;
}

/**
 * Which exhausted pools are held by slow calls rather than by their owner: calls in flight = rate x mean duration
 * (Little's law) against members in use. A pool that leaks has hardly any call in flight.
 */
export function consequences(scene: Scene, pools: readonly Pool[]): readonly Consequence[] {
  const found: Consequence[] = [];
  for (const pool of pools) {
    if (!isExhausted(pool)) continue;
    const edges = [...scene.digest.edges.values()].filter(
      (edge) => edge.caller === pool.component && edge.sync && serves(scene, pool, edge),
    );
    const slow = edges.filter((edge) => isSlower(scene, edge)).sort((a, b) => inFlight(scene, b) - inFlight(scene, a));
    const inner = pools.filter(
      (other) => other !== pool && other.component === pool.component && pool.group === "workers",
    );
    const waiting = inner.reduce((total, other) => total + (other.pending?.now ?? 0), 0);
    const held = slow.reduce((total, edge) => total + inFlight(scene, edge), 0) + waiting;
    const used = Math.max(1, pool.used.now);
    const [most] = slow;
    if (most && held >= HELD_BY_CALLS * used) found.push({ pool, edge: most });
  }
  return found;
}

/** Whether calls of an edge take members of a pool: databases have their own, workers are held by every call. */
function serves(scene: Scene, pool: Pool, edge: EdgeTally): boolean {
  if (pool.group === "workers") return true;
  const service = scene.quiet.all.has(edge.callee);
  return pool.group === "database" ? !service : service || edge.answered > 0;
}

const seconds = ({ window }: Scene) => Math.max(1, window.to - window.from);
const inFlight = (scene: Scene, edge: EdgeTally) => edge.clientTime / seconds(scene);

function isSlower(scene: Scene, edge: EdgeTally): boolean {
  const past = scene.past.whole.edges.get(edgeOf(edge.caller, edge.callee));
  if (!past || past.count === 0 || edge.count === 0) return false;
  return edge.clientTime / edge.count >= SLOWER * (past.clientTime / past.count);
}

export { inFlight };

/** Symptoms of an exhausted pool, by what ran out. Waiting for a worker happens before the request's own time begins. */
const SYMPTOMS: Readonly<Record<string, readonly Fact[]>> = {
  workers: ["pool-full", "refusals", "queue"],
  database: ["pool-full", "pool-errors", "refusals", "slow", "slow-some", "slow-all", "queue"],
  http: ["pool-full", "pool-errors", "refusals", "slow", "slow-some", "slow-all"],
};

/** Credits the symptoms of every explained pool to the edge, or the callee, that has evidence of its own. */
export function explainAway(facts: readonly Scored[], explained: readonly Consequence[]): readonly Scored[] {
  let out = [...facts];
  for (const { pool, edge } of explained) {
    const to = culprit(out, edge);
    if (to === undefined || to === pool.component) continue;
    const symptoms = SYMPTOMS[pool.group] ?? [];
    const gone = out.filter((one) => one.component === pool.component && symptoms.includes(one.fact));
    const kept = out.filter((one) => !gone.includes(one));
    const carried = gone.filter((one) => one.fact !== "slow-some" && one.fact !== "slow-all");
    out = [...kept, ...carried.map((one): Scored => ({ ...moved(one, to, 1), fact: "pool-wait" }))];
  }
  return out;
}

function culprit(facts: readonly Scored[], edge: EdgeTally): Component | undefined {
  const strongest = (component: Component) =>
    Math.max(0, ...facts.filter((one) => one.component === component && one.fact !== "pool-wait").map((one) => one.e));
  const places = [edgeOf(edge.caller, edge.callee), edge.callee];
  const [best] = places.map((place) => ({ place, e: strongest(place) })).sort((a, b) => b.e - a.e);
  return best && best.e >= 1 ? best.place : undefined;
}
