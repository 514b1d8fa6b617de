import type { Verdict } from "../../trial-record.ts";
import type { Section } from "../block.ts";
import { table } from "../block.ts";
import { SYMBOLS } from "../charts/flags.ts";
import { ladder as draw } from "../charts/ladder.ts";
import type { Mark } from "../moments.ts";
import { clock, duration } from "../numbers.ts";

/** The drill in order: what the drill did, what users felt, what the agent said. */
export function ladder(verdict: Verdict, marks: readonly Mark[]): Section {
  const { run } = verdict.trial;
  const since = (from: number | null, at: number): string => (from === null ? "" : duration(at - from));
  const phases = run.phases.map(({ name, from, kind }) => ({
    at: from,
    who: "drill" as const,
    text: `Phase ${name} begins (${kind})`,
    right: null,
  }));
  const rows = [...phases, ...marks]
    .sort((a, b) => a.at - b.at)
    .map(({ at, who, text, right }) => [
      clock(at, run.startedAt),
      `${SYMBOLS[who]} ${who}`,
      right === null ? text : `${text} ${right ? "✓ right" : "✗ not right"}`,
      since(run.inForceAt, at),
      since(run.harmAt, at),
    ]);
  const caption = "▼ is what the drill did, ● what users felt, ◆ what the agent said.";
  return {
    id: "ladder",
    nav: "Timeline",
    title: "The drill as it went",
    lead: null,
    blocks: [
      {
        kind: "figure",
        caption,
        wide: draw("ladder-w", 1040, verdict, marks),
        narrow: draw("ladder-n", 330, verdict, marks),
        legend: [],
      },
      table("Every moment, in order", ["When", "Who", "What", "#Since injection", "#Since onset"], rows),
    ],
  };
}
