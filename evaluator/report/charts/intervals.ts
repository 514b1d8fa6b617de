import { el, join, type Markup } from "../markup.ts";
import { label } from "../text.ts";
import { drawing } from "./frame.ts";
import { round, scale } from "./scale.ts";

/** A share with its interval; null ends are not known. */
export interface Spread {
  readonly name: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Drawn with a lighter line. */
  readonly aside: boolean;
}
const ROW = 24;
const TOP = 8;
/** Mean width of a character of a label, in px. */
const CHARACTER = 6.8;
const GRID = [0, 0.25, 0.5, 0.75, 1];

/** Shares under each other on one scale from 0 to 100 %, a line for each interval and a mark for each value. */
export function intervals(id: string, width: number, title: string, all: readonly Spread[]): Markup {
  const left = Math.min(170, width / 3);
  const x = scale([0, 1], [left, width - 16]);
  const bottom = TOP + ROW * all.length;
  const grid = GRID.map((share) => {
    const at = round(x.at(share));
    return join([
      el("line", { class: "gridline", x1: at, x2: at, y1: TOP, y2: bottom }),
      el(
        "text",
        { class: "tick", x: at, y: bottom + 16, "text-anchor": share === 1 ? "end" : "middle" },
        `${100 * share} %`,
      ),
    ]);
  });
  const rows = all.map(({ name, value, low, high, aside }, i) => {
    const y = TOP + ROW * (i + 0.5);
    const line =
      low === null || high === null ? "" : `M${round(x.at(low))} ${round(y)}L${round(x.at(high))} ${round(y)}`;
    return join([
      el(
        "text",
        { x: left - 10, y: round(y + 4), "text-anchor": "end" },
        label(name, Math.floor((left - 14) / CHARACTER)),
      ),
      ...(line ? [el("path", { class: aside ? "line line-1" : "line line-all", d: line })] : []),
      el("text", { x: round(x.at(value)), y: round(y + 4), "text-anchor": "middle" }, aside ? "○" : "●"),
    ]);
  });
  const said = all.map(({ name, value, low, high }) => {
    const between = low === null || high === null ? "" : `, ${(100 * low).toFixed(0)} to ${(100 * high).toFixed(0)}`;
    return `${name} ${(100 * value).toFixed(0)} %${between}`;
  });
  return drawing(id, [width, bottom + 24], { title, said: said.join("; ") }, ...grid, ...rows);
}
