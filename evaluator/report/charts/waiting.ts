import { el, type Markup } from "../markup.ts";
import { drawing, timeAxis } from "./frame.ts";
import { type Line, lines, type Point } from "./lines.ts";
import { scale } from "./scale.ts";

/** Share that is still waiting, from 1 at time 0 on; it falls at each step. Times in ms. */
export interface Waiting {
  readonly name: string;
  readonly look: string;
  readonly steps: readonly { readonly at: number; readonly s: number }[];
}
const TOP = 26;
const HEIGHT = 190;

/** Curves of Kaplan and Meier on one time axis. */
export function waiting(id: string, width: number, title: string, until: number, all: readonly Waiting[]): Markup {
  const area = { left: 46, right: width - 14, top: TOP, bottom: HEIGHT };
  const x = scale([0, until], [area.left, area.right]);
  const drawn = all.map(({ name, look, steps }): Line => ({ name, look, points: stairs(steps, until) }));
  const said = all.map(({ name, steps }) => `${name}: ${Math.round(100 * (steps.at(-1)?.s ?? 1))} % never`).join("; ");
  return drawing(
    id,
    [width, HEIGHT + 26],
    { title, said },
    el("text", { class: "panel-title", x: area.left, y: 14 }, title),
    lines({ ...area, x }, drawn, 1, (share) => `${Math.round(100 * share)} %`),
    timeAxis(x, area.right, area.bottom, width > 600 ? 10 : 4),
  );
}

function stairs(steps: Waiting["steps"], until: number): Point[] {
  const shown = steps.filter(({ at }) => at <= until);
  const before = (i: number): number => shown[i - 1]?.s ?? 1;
  return [
    { at: 0, value: 1 },
    ...shown.flatMap(({ at, s }, i) => [
      { at, value: before(i) },
      { at, value: s },
    ]),
    { at: until, value: before(shown.length) },
  ];
}
