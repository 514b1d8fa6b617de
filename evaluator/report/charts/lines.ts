import { el, join, type Markup } from "../markup.ts";
import { round, roundUp, type Scale, scale } from "./scale.ts";

export interface Point {
  readonly at: number;
  /** Null breaks the line: nothing is known. */
  readonly value: number | null;
}
export interface Line {
  readonly name: string;
  /** Which look of the style sheet: each has a colour and a dash of its own. */
  readonly look: string;
  readonly points: readonly Point[];
}
/** Area of a drawing for one quantity over time. */
export interface Area {
  readonly x: Scale;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
const MOST = 300;

/** The largest value that is drawn, rounded up to a round multiple of `unit`. */
export function ceiling(lines: readonly Line[], least = 0, unit = 1): number {
  const values = lines.flatMap((line) => line.points.map((point) => point.value ?? 0)).filter(Number.isFinite);
  return unit * roundUp(values.reduce((most, value) => Math.max(most, value), least) / unit);
}

/** Grid, value labels and lines of one quantity from 0 to `top`. */
export function lines(area: Area, drawn: readonly Line[], top: number, told: (value: number) => string): Markup {
  const y = scale([0, top], [area.bottom, area.top]);
  const grid = [0, top / 2, top].map((value) =>
    join([
      el("line", {
        class: value === 0 ? "axis" : "gridline",
        x1: area.left,
        x2: area.right,
        y1: round(y.at(value)),
        y2: round(y.at(value)),
      }),
      el("text", { class: "tick", x: area.left - 6, y: round(y.at(value) + 4), "text-anchor": "end" }, told(value)),
    ]),
  );
  const paths = drawn.map((line) => el("path", { class: `line ${line.look}`, d: path(line.points, area.x, y) }));
  return join([...grid, ...paths]);
}

export function path(points: readonly Point[], x: Scale, y: Scale): string {
  let pen = "M";
  let d = "";
  for (const { at, value } of thinned(points)) {
    if (value === null || !Number.isFinite(value)) pen = "M";
    else {
      d += `${pen}${round(x.at(at))} ${round(y.at(Math.min(value, y.to)))}`;
      pen = "L";
    }
  }
  return d === "" ? "M0 0" : d;
}

/** At most so many points: of each group the least and the largest stay, so that a spike survives. */
export function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= MOST) return points;
  const group = Math.ceil((2 * points.length) / MOST);
  const kept: Point[] = [];
  for (let i = 0; i < points.length; i += group) {
    const some = points.slice(i, i + group);
    const sorted = some.toSorted((a, b) => (a.value ?? -1) - (b.value ?? -1));
    const ends = new Set([sorted[0], sorted.at(-1)]);
    kept.push(...some.filter((point) => ends.has(point)));
  }
  return kept;
}

/** A sample of a line for the legend. */
export const key = (look: string): Markup =>
  el(
    "svg",
    { class: "key", viewBox: "0 0 28 10", "aria-hidden": "true" },
    el("path", { class: `line ${look}`, d: "M1 5L27 5" }),
  );
