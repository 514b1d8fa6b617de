import { el, type Markup } from "../markup.ts";
import { round } from "./scale.ts";

/** A share as a bar with its words beside it. */
export function meter(share: number, words: string): Markup {
  const width = 100 * Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0));
  return el(
    "span",
    { class: "meter" },
    el(
      "svg",
      { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
      el("rect", { class: "meter-ground", width: 100, height: 10 }),
      el("rect", { class: "meter-bar", width: round(width), height: 10 }),
    ),
    el("span", {}, words),
  );
}
