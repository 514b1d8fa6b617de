import { layout as arrange, Graph } from "@dagrejs/dagre";
import type { Rolled } from "../readings/roles.ts";
import type { Edge, Topology } from "../readings/topology.ts";

/** The node that stands for all users; no component can have this name. */
export const USERS = "\u0000users";
/** Dagre keeps nodes as fields of an object: a letter before each name keeps `__proto__` a name. */
const key = (component: string): string => `n${component}`;
export const USERS_BOX = { width: 70, height: 34 };

export interface Place {
  readonly x: number;
  readonly y: number;
}
/** Points of an edge, and the middle of its label if it has one. */
export interface Way {
  readonly points: readonly Place[];
  readonly label: Place | null;
}
export interface Layout {
  /** Left edge: an edge may run outside of what dagre counts as the drawing. */
  readonly left: number;
  readonly width: number;
  readonly height: number;
  place(component: string): Place;
  way(from: string, to: string): Way;
}
/** In px. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Measures {
  box(component: string): Size;
  label(edge: Edge): Size;
  /** Users are drawn as a node of their own. */
  readonly users: boolean;
}

/** Of the two ways to lay a map out the one that stays larger in the room there is, and of equals the lower one. */
export function fitting(room: number, topology: Topology, roles: Rolled, measures: Measures): Layout {
  const both = (["LR", "TB"] as const).map((way) => lay(way, topology, roles, measures));
  const scale = ({ width }: Layout): number => Math.min(1, room / width);
  const [best] = both.sort((a, b) => scale(b) - scale(a) || a.height - b.height);
  return best ?? lay("TB", topology, roles, measures);
}

/** A layered layout by dagre; the same graph gives the same places. */
export function lay(rankdir: "LR" | "TB", { components, edges }: Topology, roles: Rolled, by: Measures): Layout {
  const graph = new Graph();
  const across = rankdir === "LR";
  graph.setGraph({ rankdir, nodesep: 18, ranksep: across ? 36 : 40, edgesep: 12, marginx: 10, marginy: 10 });
  graph.setDefaultEdgeLabel(() => ({}));
  const entries = by.users ? components.filter((one) => roles(one).entry) : [];
  if (entries.length > 0) graph.setNode(key(USERS), { ...USERS_BOX });
  for (const one of components) graph.setNode(key(one), { ...by.box(one) });
  for (const one of entries) graph.setEdge(key(USERS), key(one), { weight: 1 });
  for (const edge of edges)
    if (edge.caller !== edge.callee)
      graph.setEdge(key(edge.caller), key(edge.callee), { ...by.label(edge), labelpos: "c", weight: 3 });
  arrange(graph);
  const size = graph.graph() as { width?: number; height?: number };
  const ends = graph.edges() as readonly { readonly v: string; readonly w: string }[];
  const xs = ends.flatMap(({ v, w }) => ((graph.edge(v, w) as { points?: Place[] }).points ?? []).map(({ x }) => x));
  const left = xs.reduce((least, x) => Math.min(least, x - 4), 0);
  const right = xs.reduce((most, x) => Math.max(most, x + 4), size.width ?? 0);
  return {
    left,
    width: right - left,
    height: size.height ?? 0,
    place: (component) => graph.node(key(component)) as Place,
    way(from, to) {
      const found = graph.edge(key(from), key(to)) as { points?: Place[]; x?: number; y?: number } | undefined;
      const { x, y, points = [] } = found ?? {};
      return { points, label: x === undefined || y === undefined ? null : { x, y } };
    },
  };
}
