import type { Component } from "../../agent/telemetry/model.ts";
import { acceptedNames, tidy } from "../answer.ts";
import type { Metric } from "../trial-record.ts";
import type { Witness } from "../witness.ts";
import { onIncident } from "./incident.ts";

/**
 * `1 / (1 + d)`: d calls lie between the first place and the nearest true cause, whoever calls whom; mean over a tied
 * first place; 0 for an empty answer and for names that the recording does not know. An edge lies half-way.
 */
export default {
  name: "proximity",
  unit: "share",
  better: "higher",
  measure(trial, truth) {
    const { witness } = trial;
    if (witness === undefined) return { kind: "not-applicable", why: "who calls whom was not looked up" };
    return onIncident(trial, truth, ({ ranked: [top = []] }, { causes }) => {
      const neighbours = graphOf(witness.edges);
      const targets = new Set(causes.flatMap((cause) => [...acceptedNames(cause)]));
      const near = top.map((name) => (targets.has(name) ? 1 : 1 / (1 + halfSteps(neighbours, name, targets) / 2)));
      return near.length === 0 ? 0 : near.reduce((sum, one) => sum + one, 0) / near.length;
    });
  },
} satisfies Metric;

type Graph = ReadonlyMap<Component, ReadonlySet<Component>>;

/** Components and edges are nodes, each edge joined to its two ends. */
function graphOf(edges: Witness["edges"]): Graph {
  const graph = new Map<Component, Set<Component>>();
  const lead = (from: Component, to: Component): void => {
    graph.set(from, (graph.get(from) ?? new Set()).add(to));
  };
  for (const [caller, callee] of edges) {
    const edge = tidy(`${caller}->${callee}`);
    for (const end of [tidy(caller), tidy(callee)]) {
      lead(end, edge);
      lead(edge, end);
    }
  }
  return graph;
}

/** Steps on the shortest way, of which a call is two; infinite when there is none. */
function halfSteps(graph: Graph, from: Component, to: ReadonlySet<Component>): number {
  let front = new Set([from]);
  const seen = new Set(front);
  for (let steps = 0; front.size > 0; steps++) {
    if ([...front].some((name) => to.has(name))) return steps;
    front = new Set([...front].flatMap((name) => [...(graph.get(name) ?? [])]).filter((name) => !seen.has(name)));
    for (const name of front) seen.add(name);
  }
  return Number.POSITIVE_INFINITY;
}
