import type { Bin } from "../../../generator/traffic/users.ts";
import type { Run } from "../../run.ts";
import { el, join, type Markup } from "../markup.ts";
import type { Mark } from "../moments.ts";
import { latency, percent, perSecond } from "../numbers.ts";
import { flags } from "./flags.ts";
import { drawing, shade, timeAxis } from "./frame.ts";
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
  const { height, poles, labels } = flags(marks, x, [left, right], stack - GAP + 26);
  const drawn = panels.map((panel, i) => {
    const top = height + i * (PANEL + GAP) + 24;
    const area: Area = { x, left, right, top, bottom: top + PANEL };
    return join([
      el("text", { class: "panel-title", x: width < 600 ? 2 : left, y: top - 8 }, panel.title),
      lines(area, panel.lines, ceiling(panel.lines, panel.least), panel.told),
    ]);
  });
  const bottom = height + stack - 8;
  const shades = panels.flatMap((_, i) => {
    const top = height + i * (PANEL + GAP) + 24;
    return force(run).map(([from, to]) => shade(x, from, to, top, top + PANEL));
  });
  return drawing(
    id,
    [width, bottom + 26],
    { title: "What users felt", said: said(run) },
    ...shades,
    poles,
    ...drawn,
    labels,
    timeAxis(x, right, bottom, width / 80),
  );
}

/** The charts in words, for those who cannot see them. */
function said(run: Run): string {
  const bins = run.users["all"] ?? [];
  const worst = bins.reduce((most, { n, bad }) => Math.max(most, n === 0 ? 0 : bad / n), 0);
  const slowest = bins.reduce((most, { p95 }) => Math.max(most, p95), 0);
  return `Three charts over ${bins.length} points in time: requests a second, share that failed (at most ${percent(worst)} of all requests) and 95th percentile of the response time (at most ${latency(slowest)}). The figures stand in the tables below.`;
}

/** A stretch of time, and the part of it in which something was wrong. */
export type Stretch = Pick<Run, "startedAt" | "endedAt" | "inForceAt" | "revertingAt" | "revertedAt">;

/** When something was wrong: in a drill, when the fault was in force. */
export function force(run: Stretch): readonly (readonly [number, number])[] {
  if (run.inForceAt === null) return [];
  return [[run.inForceAt, run.revertedAt ?? run.revertingAt ?? run.endedAt]];
}

function panelsOf(run: Run): readonly Panel[] {
  const streams = Object.entries(run.users);
  const each = (value: (bin: Bin) => number | null): readonly Line[] =>
    streams.map(([name, bins], n) => ({ name, look: look(n), points: stepped(bins, value) }));
  return [
    {
      title: "Requests a second, offered and achieved",
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
      title: "Response time, 95th percentile",
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
