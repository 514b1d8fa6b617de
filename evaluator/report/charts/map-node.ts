import { el, type Markup } from "../markup.ts";
import type { Roles } from "../readings/roles.ts";
import { label, name } from "../text.ts";
import type { Place, Size } from "./map-layout.ts";
import { USERS_BOX } from "./map-layout.ts";
import { round } from "./scale.ts";

/** Symbols of health; words stand beside them. */
export const GLYPHS: Readonly<Record<string, string>> = {
  healthy: "✓",
  degraded: "▲",
  failing: "✗",
  silent: "○",
  unknown: "?",
};
const known = (state: string): string => (Object.hasOwn(GLYPHS, state) ? state : "unknown");
/** Mean width of a character of a name, in px. */
const CHARACTER = 7.2;
const NARROW = 150;

/** What truth and answer say of a component or an edge, short for a box and in full. */
export function tagsOf(own: Roles): readonly { readonly short: string; readonly text: string }[] {
  return [
    ...(own.truly ? [{ short: "★ true cause", text: "★ true cause" }] : []),
    ...(own.named ? [{ short: own.truly ? "◎ named" : "◎ named by agent", text: "◎ named by the agent" }] : []),
    ...(own.symptom ? [{ short: "~ symptom", text: "~ symptom" }] : []),
    ...(own.decoy ? [{ short: "◇ decoy", text: "◇ decoy" }] : []),
  ];
}

export function drawNode(component: string, { x, y }: Place, box: Size, own: Roles, virtual: boolean): Markup {
  const left = x - box.width / 2;
  const top = y - box.height / 2;
  const state = own.health ?? "not told";
  const tags = tagsOf(own);
  const said = [name(component), state, own.entry ? "entry" : "", ...tags.map(({ text }) => text)].filter(Boolean);
  const tight = box.width < NARROW;
  const style = [
    `health-${known(state)}`,
    own.truly ? "node-true" : "",
    own.named ? "node-named" : "",
    virtual ? "node-virtual" : "",
    tight ? "node-tight" : "",
  ];
  const line = (look: string, down: number, text: string): Markup =>
    el("text", { class: look, x: round(left + (tight ? 8 : 10)), y: round(top + down) }, text);
  return el(
    "g",
    { class: `node ${style.filter(Boolean).join(" ")}`, role: "img", tabindex: 0, "aria-label": said.join(", ") },
    own.named ? ring(left, top, box) : null,
    el("rect", { class: "box", x: round(left), y: round(top), width: box.width, height: box.height, rx: 8 }),
    line("node-name", 19, label(component, Math.floor((box.width - 14) / (tight ? 6.3 : CHARACTER)))),
    line("node-state", 35, `${GLYPHS[known(state)] ?? "·"} ${state}${own.entry ? ", entry" : ""}`),
    tags.length > 0
      ? line(
          "node-tags",
          51,
          tags.map(({ short }) => (tight && tags.length > 1 ? short.replace(" cause", "") : short)).join("  "),
        )
      : null,
  );
}

/** What the agent named has a ring around it. */
const ring = (left: number, top: number, { width, height }: Size): Markup =>
  el("rect", { class: "ring", x: round(left - 5), y: round(top - 5), width: width + 10, height: height + 10, rx: 12 });

/** Where all requests come from. */
export const drawUsers = ({ x, y }: Place): Markup =>
  el(
    "g",
    { class: "users-node" },
    el("rect", {
      x: round(x - USERS_BOX.width / 2),
      y: round(y - USERS_BOX.height / 2),
      width: USERS_BOX.width,
      height: USERS_BOX.height,
      rx: 17,
    }),
    el("text", { x: round(x), y: round(y + 4), "text-anchor": "middle" }, "users"),
  );
