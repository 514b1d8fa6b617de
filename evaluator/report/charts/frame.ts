import { el, join, type Markup } from "../markup.ts";
import type { Mark } from "../moments.ts";
import { clock } from "../numbers.ts";
import { round, type Scale, timeTicks } from "./scale.ts";

/** A drawing with its title and description. `id` must be its own in the page. */
export function drawing(
  id: string,
  size: readonly [number, number],
  words: { title: string; said: string },
  ...parts: readonly Markup[]
): Markup {
  return el(
    "svg",
    {
      class: "chart",
      viewBox: `0 0 ${size[0]} ${Math.ceil(size[1])}`,
      role: "img",
      "aria-labelledby": `${id}-t ${id}-d`,
    },
    el("title", { id: `${id}-t` }, words.title),
    el("desc", { id: `${id}-d` }, words.said),
    ...parts,
  );
}

/** Time axis: minutes and seconds of the run. */
export function timeAxis(x: Scale, right: number, y: number, most: number): Markup {
  const ticks = timeTicks(x.to - x.from, most).map((offset) => {
    const at = x.at(x.from + offset);
    const last = at > right - 16;
    return join([
      el("line", { class: "axis", x1: round(at), x2: round(at), y1: y, y2: y + 4 }),
      el("text", { class: "tick", x: round(at), y: y + 16, "text-anchor": last ? "end" : "middle" }, clock(offset, 0)),
    ]);
  });
  return join(ticks);
}

/** The stretch in which the fault was in force; its dashed edges need no colour. */
export function shade(x: Scale, from: number, to: number, top: number, bottom: number): Markup {
  const left = x.at(from);
  return el("rect", {
    class: "fault",
    x: round(left),
    y: top,
    width: round(Math.max(1, x.at(to) - left)),
    height: round(bottom - top),
  });
}

const ROW = 16;
const CHARACTER = 6.4;
export const SYMBOLS = { drill: "▼", users: "●", agent: "◆" } as const;

/** Labels above, in as many rows as keep them apart, and a line down from each. Returns the height of the labels. */
export function flags(
  shown: readonly Mark[],
  x: Scale,
  right: number,
  bottom: number,
): { height: number; markup: Markup } {
  const ends: number[] = [];
  const placed = shown.map((mark) => {
    const words = `${SYMBOLS[mark.who]} ${mark.short}`;
    const width = words.length * CHARACTER + 10;
    const at = x.at(mark.at);
    const left = at + width > right ? at - width : at;
    const free = ends.findIndex((end) => end <= left);
    const row = free < 0 ? ends.length : free;
    ends[row] = left + width;
    return { mark, words, at, row, turned: left < at };
  });
  const height = ends.length * ROW + 4;
  const markup = placed.map(({ mark, words, at, row, turned }) =>
    el(
      "g",
      { class: `flag flag-${mark.who}` },
      el("line", { x1: round(at), x2: round(at), y1: row * ROW + 4, y2: bottom + height }),
      el(
        "text",
        { x: round(turned ? at - 4 : at + 4), y: row * ROW + 14, "text-anchor": turned ? "end" : "start" },
        words,
      ),
    ),
  );
  return { height, markup: join(markup) };
}
