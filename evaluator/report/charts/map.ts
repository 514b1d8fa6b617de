import { layout as arrange, Graph } from "@dagrejs/dagre";
import { el, join, type Markup } from "../markup.ts";
import { latency, percent, perSecond } from "../numbers.ts";
import type { Roles } from "../readings/roles.ts";
import type { Edge, Topology } from "../readings/topology.ts";
import { label, name } from "../text.ts";
import { round } from "./scale.ts";

const USERS = "\u0000users";
const BOX = { width: 186, height: 64 };
interface Place {
  readonly x: number;
  readonly y: number;
}
type Rolled = (component: string) => Roles;

/** The service map; `down` lays it out from top to bottom, for narrow pages. */
export function map(id: string, down: boolean, topology: Topology, roles: Rolled): Markup {
  const graph = layout(topology, roles, down);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const edges = topology.edges.map((edge) => drawEdge(edge, along(graph, edge.caller, edge.callee), roles));
  const entries = topology.components
    .filter((one) => roles(one).entry)
    .map((one) =>
      el("path", {
        class: "edge edge-users",
        d: curve(along(graph, USERS, one).points),
        "marker-end": `url(#${id}-tip)`,
      }),
    );
  const nodes = topology.components.map((one) => drawNode(one, graph.node(one) as Place, roles(one), topology));
  const start = entries.length > 0 ? [users(graph.node(USERS) as Place)] : [];
  const title = "Service map: who calls whom, what was wrong and what the agent named";
  return el(
    "svg",
    {
      class: "chart map",
      viewBox: `0 0 ${Math.ceil(width)} ${Math.ceil(height)}`,
      role: "group",
      "aria-labelledby": `${id}-t`,
    },
    el("title", { id: `${id}-t` }, title),
    tip(`${id}-tip`),
    join(entries),
    ...edges.map((draw) => draw(`${id}-tip`)),
    ...start,
    ...nodes,
  );
}

function layout({ components, edges }: Topology, roles: Rolled, down: boolean): Graph {
  const graph = new Graph();
  graph.setGraph({
    rankdir: down ? "TB" : "LR",
    nodesep: down ? 16 : 30,
    ranksep: down ? 54 : 100,
    edgesep: 14,
    marginx: 12,
    marginy: 16,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  const entries = components.filter((one) => roles(one).entry);
  if (entries.length > 0) graph.setNode(USERS, { width: 70, height: 36 });
  for (const one of components) graph.setNode(one, { ...BOX });
  for (const one of entries) graph.setEdge(USERS, one, { weight: 1 });
  for (const { caller, callee } of edges)
    if (caller !== callee)
      graph.setEdge(caller, callee, { width: down ? 90 : 110, height: 34, labelpos: "c", weight: 3 });
  arrange(graph);
  return graph;
}

interface Way {
  readonly points: readonly Place[];
  readonly x: number | null;
  readonly y: number | null;
}
function along(graph: Graph, from: string, to: string): Way {
  const found = graph.edge(from, to) as { points?: Place[]; x?: number; y?: number } | undefined;
  return { points: found?.points ?? [], x: found?.x ?? null, y: found?.y ?? null };
}

/** A smooth line through the points of the layout: the middles of its legs are met, the corners are rounded. */
function curve(points: readonly Place[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return "M0 0";
  let d = `M${round(first.x)} ${round(first.y)}`;
  rest.slice(0, -1).forEach((point, i) => {
    const next = rest[i + 1] ?? last;
    const middle = i === rest.length - 2 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    d += `Q${round(point.x)} ${round(point.y)} ${round(middle.x)} ${round(middle.y)}`;
  });
  return rest.length === 1 ? `${d}L${round(last.x)} ${round(last.y)}` : d;
}

function drawEdge(edge: Edge, way: Way, roles: Rolled): (tip: string) => Markup {
  const own = roles(`${edge.caller}->${edge.callee}`);
  const tags = marks(own);
  const style = [own.truly ? "edge-true" : "", own.named ? "edge-named" : "", edge.sync ? "" : "edge-async"].join(" ");
  const [one, two] = figures(edge);
  const words = [one, two, ...tags.map(({ text }) => text)];
  const text = words.map((line, i) =>
    el(
      "text",
      {
        class: i < 2 ? "edge-text" : "edge-tag",
        x: round(way.x ?? 0),
        y: round((way.y ?? 0) - 5 + 12 * i),
        "text-anchor": "middle",
      },
      line,
    ),
  );
  const said = `${name(edge.caller)} calls ${name(edge.callee)}: ${words.join("; ")}`;
  return (tip) =>
    way.x === null
      ? el("g", {})
      : el(
          "g",
          { class: "link", role: "img", tabindex: 0, "aria-label": said },
          el("path", { class: `edge ${style}`, d: curve(way.points), "marker-end": `url(#${tip})` }),
          ...text,
        );
}

/** Two short lines: the rate, then p95 and failing share; before and now where both are known. */
function figures({ before, now }: Edge): [string, string] {
  const from = now ?? before;
  const p95 =
    from.p95 === undefined
      ? []
      : [`p95 ${now && before.p95 !== undefined ? `${latency(before.p95)} → ` : ""}${latency(from.p95)}`];
  const failed = from.failed >= 0.005 ? [`${percent(from.failed)} fail`] : [];
  return [perSecond(from.rate), [...p95, ...failed].join(", ")];
}

function drawNode(component: string, { x, y }: Place, own: Roles, { states }: Topology): Markup {
  const virtual = states.get(component)?.kind === "virtual";
  const tags = marks(own);
  const left = x - BOX.width / 2;
  const top = y - BOX.height / 2;
  const state = own.health ?? "not told";
  const said = [name(component), state, ...tags.map(({ text }) => text)].join(", ");
  const style = [
    `health-${known(state)}`,
    own.truly ? "node-true" : "",
    own.named ? "node-named" : "",
    virtual ? "node-virtual" : "",
  ];
  return el(
    "g",
    { class: `node ${style.join(" ")}`, role: "img", tabindex: 0, "aria-label": said },
    ...(own.named
      ? [
          el("rect", {
            class: "ring",
            x: round(left - 5),
            y: round(top - 5),
            width: BOX.width + 10,
            height: BOX.height + 10,
            rx: 12,
          }),
        ]
      : []),
    el("rect", { class: "box", x: round(left), y: round(top), width: BOX.width, height: BOX.height, rx: 8 }),
    el("text", { class: "node-name", x: round(left + 10), y: round(top + 20) }, label(component, 24)),
    el(
      "text",
      { class: "node-state", x: round(left + 10), y: round(top + 37) },
      `${GLYPHS[known(state)] ?? "·"} ${state}${virtual ? ", seen by its callers" : ""}`,
    ),
    el(
      "text",
      { class: "node-tags", x: round(left + 10), y: round(top + 54) },
      tags.map(({ short }) => short).join("  "),
    ),
  );
}

const GLYPHS: Readonly<Record<string, string>> = {
  healthy: "✓",
  degraded: "▲",
  failing: "✗",
  silent: "○",
  unknown: "?",
};
const known = (state: string): string => (GLYPHS[state] === undefined ? "unknown" : state);

function marks(own: Roles): { short: string; text: string }[] {
  return [
    ...(own.truly ? [{ short: "★ true cause", text: "★ true cause" }] : []),
    ...(own.named ? [{ short: own.truly ? "◎ named" : "◎ named by agent", text: "◎ named by the agent" }] : []),
    ...(own.symptom ? [{ short: "~ symptom", text: "~ symptom" }] : []),
    ...(own.decoy ? [{ short: "◇ decoy", text: "◇ decoy" }] : []),
  ];
}

const users = ({ x, y }: Place): Markup =>
  el(
    "g",
    { class: "users-node" },
    el("rect", { x: round(x - 35), y: round(y - 18), width: 70, height: 36, rx: 18 }),
    el("text", { x: round(x), y: round(y + 4), "text-anchor": "middle" }, "users"),
  );

const tip = (id: string): Markup =>
  el(
    "defs",
    {},
    el(
      "marker",
      { id, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto-start-reverse" },
      el("path", { class: "tip", d: "M0 0L8 4L0 8z" }),
    ),
  );
