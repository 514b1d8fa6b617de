import { el, join, type Markup } from "../markup.ts";
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
    y: round(top),
    width: round(Math.max(1, x.at(to) - left)),
    height: round(bottom - top),
  });
}
