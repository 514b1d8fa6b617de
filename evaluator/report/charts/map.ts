import { el, type Markup } from "../markup.ts";
import type { Rolled } from "../readings/roles.ts";
import type { Topology } from "../readings/topology.ts";
import { curve, drawEdge, labelSize } from "./map-edge.ts";
import { fitting, lay, type Measures, USERS } from "./map-layout.ts";
import { drawNode, drawUsers, tagsOf } from "./map-node.ts";

/** Width in px of the column that the map stands in. */
const ROOM = 1040;
/** A map no wider than this is still readable when it is fitted into a telephone. */
const SMALL = 390;

/** The service map at its natural size. `narrow` lays it out from top to bottom with smaller boxes and without users. */
export function map(id: string, narrow: boolean, topology: Topology, roles: Rolled): Markup {
  const measures: Measures = {
    box: (component) => ({ width: narrow ? 140 : 172, height: tagsOf(roles(component)).length > 0 ? 60 : 44 }),
    label: (edge) => labelSize(edge, roles(`${edge.caller}->${edge.callee}`), narrow),
    users: !narrow,
  };
  const layout = narrow ? lay("TB", topology, roles, measures) : fitting(ROOM, topology, roles, measures);
  const entries = measures.users ? topology.components.filter((one) => roles(one).entry) : [];
  const ways = entries.map((one) =>
    el("path", { class: "edge edge-users", d: curve(layout.way(USERS, one).points), "marker-end": `url(#${id}-tip)` }),
  );
  const edges = topology.edges.map((edge) =>
    drawEdge(edge, layout.way(edge.caller, edge.callee), roles(`${edge.caller}->${edge.callee}`), `${id}-tip`, narrow),
  );
  const nodes = topology.components.map((one) =>
    drawNode(one, layout.place(one), measures.box(one), roles(one), topology.states.get(one)?.kind === "virtual"),
  );
  const [width, height] = [Math.ceil(layout.width), Math.ceil(layout.height)];
  return el(
    "svg",
    {
      class: width < SMALL ? "chart map small" : "chart map",
      width,
      height,
      viewBox: `${Math.floor(layout.left)} 0 ${width} ${height}`,
      role: "group",
      "aria-labelledby": `${id}-t`,
    },
    el("title", { id: `${id}-t` }, "Service map: who calls whom, what was wrong and what the agent named"),
    tip(`${id}-tip`),
    ...ways,
    ...edges,
    entries.length > 0 ? drawUsers(layout.place(USERS)) : null,
    ...nodes,
  );
}

const tip = (id: string): Markup =>
  el(
    "defs",
    {},
    el(
      "marker",
      {
        id,
        viewBox: "0 0 8 8",
        refX: 7,
        refY: 4,
        markerWidth: 8,
        markerHeight: 8,
        markerUnits: "userSpaceOnUse",
        orient: "auto-start-reverse",
      },
      el("path", { class: "tip", d: "M0 0L8 4L0 8z" }),
    ),
  );
