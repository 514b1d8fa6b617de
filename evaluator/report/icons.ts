import type { State } from "../trial-record.ts";
import { el, type Markup } from "./markup.ts";

const SHAPES: Readonly<Record<State, string>> = {
  correct: "M13 25l8 8 15-17",
  wrong: "M15 15l18 18M33 15l-18 18",
  "no-answer": "M14 24h20",
  "agent-error": "M24 12v16M24 34v2",
  invalid: "M14 34l20-20",
};

/** A shape of its own for each state, beside its word. */
export function icon(state: State): Markup {
  return el(
    "svg",
    { class: "icon", viewBox: "0 0 48 48", "aria-hidden": "true" },
    el("circle", { cx: 24, cy: 24, r: 21 }),
    el("path", { d: SHAPES[state] }),
  );
}
