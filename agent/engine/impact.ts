import type { BlastRadius, ComponentState } from "../investigation.ts";
import type { Component, Window } from "../telemetry/model.ts";
import type { Node } from "./traces.ts";
import { hurtIn, patienceOf, type UserRoute, userRoutes } from "./user-requests.ts";

export interface Ends {
  readonly caller: Component;
  readonly callee: Component;
}
/** Traces of a window. */
export interface Traced {
  readonly nodes: readonly Node[];
  readonly window: Window;
}

/** Who suffers from a cause, and what users lost: requests that failed or were too slow beyond quiet time's share. */
export function impact(
  cause: Component | undefined,
  states: readonly ComponentState[],
  edges: readonly Ends[],
  now: Traced,
  past: Traced,
): BlastRadius {
  const reached = cause === undefined ? new Map<Component, number>() : callersOf(cause, edges);
  const ill = new Set(states.filter((one) => isIll(one.health)).map((one) => one.component));
  const affected = [...reached]
    .filter(([component, hops]) => hops === 0 || ill.has(component))
    .map(([component, hops]) => ({ component, hops }));
  const named = new Set(affected.map((one) => one.component));
  const bystanders = states.map((one) => one.component).filter((component) => !named.has(component));
  const usual = userRoutes(past.nodes, past.window);
  const seen = [...userRoutes(now.nodes, now.window)];
  const routes = seen
    .map(([key, of]) => harm(of, usual.get(key)))
    .filter((one) => one.lost > 0)
    .sort((a, b) => b.lost - a.lost);
  const lost = routes.reduce((total, one) => total + one.lost, 0);
  const requests = seen.reduce((total, [, of]) => total + of.requests.length, 0);
  const minutes = Math.max(1, now.window.to - now.window.from) / 60_000;
  return {
    affected,
    bystanders,
    routes,
    lost,
    lostPerMinute: lost / minutes,
    share: requests > 0 ? lost / requests : 0,
  };
}

const isIll = (health: ComponentState["health"]) =>
  health === "degraded" || health === "failing" || health === "silent";

/** Losses smaller than chance makes them, 2 (sqrt k - sqrt expected), are none. H. */
const BEYOND_CHANCE = 2;

function harm(now: UserRoute, quiet: UserRoute | undefined): BlastRadius["routes"][number] {
  const { component, route } = now;
  const patience = patienceOf(quiet);
  const requests = now.requests.length;
  const bad = hurtIn(now.requests, patience).length;
  const before = quiet ? hurtIn(quiet.requests, patience).length / quiet.requests.length : 0;
  const expected = before * requests;
  const lost = 2 * (Math.sqrt(bad) - Math.sqrt(expected)) >= BEYOND_CHANCE ? Math.max(0, bad - expected) : 0;
  return { component, route, requests, lost, share: requests > 0 ? lost / requests : 0 };
}

/** All components from which a cause can be reached through calls, with the fewest hops. An edge hurts its caller. */
export function callersOf(cause: Component, edges: readonly Ends[]): ReadonlyMap<Component, number> {
  const hops = new Map<Component, number>([[cause, 0]]);
  const [caller, callee] = cause.split("->");
  let front: Component[] = [cause];
  if (caller !== undefined && callee !== undefined) {
    hops.set(caller, 1);
    front = [caller];
  }
  for (let distance = (hops.get(front[0] ?? "") ?? 0) + 1; front.length > 0; distance++) {
    const next = new Set<Component>();
    const reached = new Set(front);
    for (const edge of edges) if (reached.has(edge.callee) && !hops.has(edge.caller)) next.add(edge.caller);
    for (const component of next) hops.set(component, distance);
    front = [...next];
  }
  return hops;
}
