import { prose, type Section, table } from "../block.ts";
import type { Mark } from "../moments.ts";
import { clock } from "../numbers.ts";

/** Every word of the agent, in the order in which it spoke. */
export function said(marks: readonly Mark[], start: number): Section {
  const rows = marks.map(({ at, text }) => [clock(at, start), text]);
  return {
    id: "said",
    nav: "Said",
    title: "What the agent said, as it said it",
    lead: null,
    blocks:
      rows.length === 0
        ? [prose("It said nothing.", "quiet")]
        : [table("All findings in order", ["When", "What"], rows)],
  };
}
