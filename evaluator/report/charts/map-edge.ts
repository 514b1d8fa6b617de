import { el, type Markup } from "../markup.ts";
import { latency, percent, perSecond } from "../numbers.ts";
import type { Roles } from "../readings/roles.ts";
import type { Edge } from "../readings/topology.ts";
import { name } from "../text.ts";
import type { Place, Size, Way } from "./map-layout.ts";
import { tagsOf } from "./map-node.ts";
import { round } from "./scale.ts";

const LINE = 13;
const CHARACTER = 6.1;

/** Whether calls became clearly worse: five points more of them fail, or p95 is twice what it was and 20 ms more. */
export function worse({ before, now }: Edge): boolean {
  if (!now) return false;
  const slower =
    now.p95 !== undefined && before.p95 !== undefined && now.p95 >= 2 * before.p95 && now.p95 - before.p95 >= 20;
  return now.failed - before.failed >= 0.05 || slower;
}

/** Rate and p95, what became worse with both its values, then the marks of truth and answer. */
function wordsOf(edge: Edge, own: Roles, narrow: boolean): readonly string[] {
  const { before, now } = edge;
  const from = now ?? before;
  const changed = worse(edge);
  const was = (value: number | undefined, told: (value: number) => string): string =>
    changed && now && value !== undefined ? `${told(value)} → ` : "";
  const p95 = from.p95 === undefined ? [] : [`p95 ${was(before.p95, latency)}${latency(from.p95)}`];
  const failed = changed || from.failed >= 0.02 ? [`${was(before.failed, percent)}${percent(from.failed)} fail`] : [];
  const first = changed || narrow ? [perSecond(from.rate), ...p95] : [[perSecond(from.rate), ...p95].join(", ")];
  return [...first, ...failed, ...tagsOf(own).map(({ text }) => text)];
}

/** Room that an edge's label takes. */
export function labelSize(edge: Edge, own: Roles, narrow: boolean): Size {
  const words = wordsOf(edge, own, narrow);
  return { width: Math.max(...words.map((line) => line.length)) * CHARACTER + 8, height: LINE * words.length + 4 };
}

export function drawEdge(edge: Edge, way: Way, own: Roles, tip: string, narrow: boolean): Markup | null {
  if (!way.label) return null;
  const words = wordsOf(edge, own, narrow);
  const style = [
    worse(edge) ? "edge-worse" : "",
    own.truly ? "edge-true" : "",
    own.named ? "edge-named" : "",
    edge.sync ? "" : "edge-async",
  ];
  const said = `${name(edge.caller)} calls ${name(edge.callee)}: ${words.join("; ")}`;
  return el(
    "g",
    { class: "link", role: "img", tabindex: 0, "aria-label": said },
    el("path", {
      class: `edge ${style.filter(Boolean).join(" ")}`,
      d: curve(way.points),
      "marker-end": `url(#${tip})`,
    }),
    ...label(words, way.label, labelSize(edge, own, narrow), worse(edge)),
  );
}

function label(words: readonly string[], { x, y }: Place, { width, height }: Size, strong: boolean): readonly Markup[] {
  const top = y - height / 2;
  const ground = el("rect", {
    class: "edge-ground",
    x: round(x - width / 2),
    y: round(top),
    width: round(width),
    height: round(height),
    rx: 4,
  });
  const lines = words.map((line, i) =>
    el(
      "text",
      {
        class: strong ? "edge-text strong" : "edge-text",
        x: round(x),
        y: round(top + 12 + LINE * i),
        "text-anchor": "middle",
      },
      line,
    ),
  );
  return [ground, ...lines];
}

/** A smooth line through the points of the layout: the middles of its legs are met, the corners are rounded. */
export function curve(points: readonly Place[]): string {
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
