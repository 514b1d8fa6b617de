import type { Bin } from "../../../generator/traffic/users.ts";
import type { Run } from "../../run.ts";
import { el, join, type Markup } from "../markup.ts";
import type { Mark } from "../moments.ts";
import { latency, percent, perSecond } from "../numbers.ts";
import { drawing, flags, shade, timeAxis } from "./frame.ts";
import { type Area, ceiling, type Line, lines, type Point } from "./lines.ts";
import { scale } from "./scale.ts";

const PANEL = 120;
const GAP = 34;
const BIN = 5_000;

interface Panel {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly least: number;
  readonly told: (value: number) => string;
}

/** The look of the nth entry app; 0 is all requests together. */
export const look = (n: number): string => (n === 0 ? "line-all" : `line-${((n - 1) % 6) + 1}`);

/** Rate, failing share and p95 as users felt them, on one time axis. */
export function golden(id: string, width: number, run: Run, marks: readonly Mark[]): Markup {
  const left = 54;
  const right = width - 10;
  const x = scale([run.startedAt, run.endedAt], [left, right]);
  const panels = panelsOf(run);
  const stack = panels.length * (PANEL + GAP);
  const { height, markup } = flags(marks, x, right, stack);
  const drawn = panels.map((panel, i) => {
    const top = height + i * (PANEL + GAP) + 24;
    const area: Area = { x, left, right, top, bottom: top + PANEL };
    return join([
      el("text", { class: "panel-title", x: left, y: top - 8 }, panel.title),
      lines(area, panel.lines, ceiling(panel.lines, panel.least), panel.told),
    ]);
  });
  const bottom = height + stack - 8;
  const window = force(run).map(([from, to]) => shade(x, from, to, height + 8, bottom));
  const said = `Three charts over ${run.users["all"]?.length ?? 0} points in time; the figures stand in the tables below.`;
  return drawing(
    id,
    [width, bottom + 26],
    { title: "What users felt", said },
    ...window,
    markup,
    ...drawn,
    timeAxis(x, right, bottom, width / 80),
  );
}

/** When the fault was in force. */
export function force(run: Run): readonly (readonly [number, number])[] {
  if (run.inForceAt === null) return [];
  return [[run.inForceAt, run.revertedAt ?? run.revertingAt ?? run.endedAt]];
}

function panelsOf(run: Run): readonly Panel[] {
  const streams = Object.entries(run.users);
  const each = (value: (bin: Bin) => number | null): readonly Line[] =>
    streams.map(([name, bins], n) => ({ name, look: look(n), points: stepped(bins, value) }));
  return [
    {
      title: "Requests a second: offered, and achieved as the mean of each phase",
      lines: rates(run),
      least: 1,
      told: perSecond,
    },
    {
      title: "Share of requests that failed",
      lines: each(({ n, bad }) => (n === 0 ? null : bad / n)),
      least: 0.1,
      told: percent,
    },
    {
      title: "95th percentile of the response time",
      lines: each(({ n, p95 }) => (n === 0 ? null : p95)),
      least: 50,
      told: latency,
    },
  ];
}

function rates(run: Run): readonly Line[] {
  const bins = run.users["all"] ?? [];
  const offered = bins.map(({ from, n }, i) => {
    const width = (bins[i + 1]?.from ?? from + BIN) - from;
    return { at: from + width / 2, value: width > 0 ? (1_000 * n) / width : null };
  });
  const achieved = run.load.phases.flatMap((figures, i): Point[] => {
    const phase = run.phases[i];
    return phase
      ? [
          { at: phase.from, value: figures.achieved },
          { at: phase.to, value: figures.achieved },
        ]
      : [];
  });
  return [
    { name: "offered", look: "line-all", points: offered },
    { name: "achieved", look: "line-achieved", points: achieved },
  ];
}

function stepped(bins: readonly Bin[], value: (bin: Bin) => number | null): Point[] {
  return bins.map((bin, i) => ({ at: (bin.from + (bins[i + 1]?.from ?? bin.from + BIN)) / 2, value: value(bin) }));
}
