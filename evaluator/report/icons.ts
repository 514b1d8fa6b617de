import type { Outcome } from "../investigate/investigated.ts";
import type { State } from "../trial-record.ts";
import { el, type Markup } from "./markup.ts";

const SHAPES: Readonly<Record<State | Outcome, string>> = {
  correct: "M13 25l8 8 15-17",
  wrong: "M15 15l18 18M33 15l-18 18",
  "no-answer": "M14 24h20",
  "agent-error": "M24 12v16M24 34v2",
  invalid: "M14 34l20-20",
  incident: "M24 12v16M24 34v2",
  suspected: "M18 19a6 6 0 1 1 8 6q-2 1-2 5M24 35v1",
  normal: "M9 24h8l4-9 6 18 4-9h8",
  unknown: "M14 24h2M23 24h2M32 24h2",
  "nothing-said": "M14 24h2M23 24h2M32 24h2",
  crashed: "M24 12v16M24 34v2",
  "nothing-received": "M14 34l20-20",
};

/** A shape for each state, beside its word. */
export function icon(state: State | Outcome): Markup {
  return el(
    "svg",
    { class: "icon", viewBox: "0 0 48 48", "aria-hidden": "true" },
    el("circle", { cx: 24, cy: 24, r: 21 }),
    el("path", { d: SHAPES[state] }),
  );
}
