import type { Component, Millis, Window } from "../telemetry/model.ts";
import { quantile, sorted } from "./robust.ts";
import { isRoot, lasted, type Node } from "./traces.ts";

/** Requests that users sent to one route, counted once, where they enter. */
export interface UserRoute {
  readonly component: Component;
  readonly route: string;
  readonly requests: readonly Node[];
}

/** Users' requests that ended in a window, by entry and route. Several questions about one look share the answer. */
export function userRoutes(nodes: readonly Node[], window: Window): ReadonlyMap<string, UserRoute> {
  const before = answers.get(nodes);
  if (before?.window === window) return before.routes;
  const routes = routesIn(nodes, window);
  answers.set(nodes, { window, routes });
  return routes;
}
const answers = new WeakMap<
  readonly Node[],
  { readonly window: Window; readonly routes: ReadonlyMap<string, UserRoute> }
>();

function routesIn(nodes: readonly Node[], window: Window): ReadonlyMap<string, UserRoute> {
  const found = new Map<string, UserRoute & { readonly requests: Node[] }>();
  for (const node of nodes) {
    if (!isRoot(node) || node.span.end < window.from || node.span.end >= window.to) continue;
    const { component, name } = node.span;
    const key = `${component}\n${name}`;
    const known = found.get(key);
    if (known) known.requests.push(node);
    else found.set(key, { component, route: name, requests: [node] });
  }
  return found;
}

/** A user waits too long beyond this, or beyond twice what the slowest hundredth of quiet time took. H. */
const PATIENCE: Millis = 250;

/** From which time on a request to a route counts as too slow. */
export function patienceOf(quiet: UserRoute | undefined): Millis {
  return Math.max(PATIENCE, 2 * quantile(sorted(quiet?.requests.map((node) => lasted(node.span)) ?? []), 0.99));
}

/** Requests that failed or took too long. */
export const hurtIn = (requests: readonly Node[], patience: Millis): readonly Node[] =>
  requests.filter((node) => node.failed || lasted(node.span) > patience);
