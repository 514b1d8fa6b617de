import { hurts } from "../../../generator/traffic/users.ts";
import { episodes } from "../../episodes.ts";
import type { Run } from "../../run.ts";
import type { Verdict } from "../../trial-record.ts";
import { el, join, type Markup } from "../markup.ts";
import type { Mark } from "../moments.ts";
import { label } from "../text.ts";
import { drawing, flags, timeAxis } from "./frame.ts";
import { round, type Scale, scale } from "./scale.ts";

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly look: string;
  readonly text: string;
}
interface Lane {
  readonly title: string;
  readonly bars: readonly Bar[];
}
const LANE = 24;
const TITLE = 18;

/** Who did what when: phases, fault, users, agent, each in a lane of its own. */
export function ladder(id: string, width: number, verdict: Verdict, marks: readonly Mark[]): Markup {
  const { run } = verdict.trial;
  const beside = width > 600;
  const left = beside ? 150 : 8;
  const right = width - 10;
  const x = scale([run.startedAt, run.endedAt], [left, right]);
  const lanes = lanesOf(verdict);
  const step = LANE + 8 + (beside ? 0 : TITLE);
  const stack = lanes.length * step + 8;
  const { height, markup } = flags(marks, x, right, stack);
  const drawn = lanes.map((lane, i) => {
    const top = height + 8 + i * step + (beside ? 0 : TITLE);
    const title = beside
      ? el("text", { class: "lane", x: left - 10, y: top + 16, "text-anchor": "end" }, lane.title)
      : el("text", { class: "lane", x: left, y: top - 5 }, lane.title);
    return join([
      title,
      el("rect", { class: "lane-ground", x: left, y: top, width: right - left, height: LANE }),
      ...lane.bars.map((bar) => draw(bar, x, top)),
    ]);
  });
  const bottom = height + stack;
  const said = "Phases, the fault, hurt users and the agent's alarms over the run; the table below lists every moment.";
  return drawing(
    id,
    [width, bottom + 24],
    { title: "The drill as it went", said },
    ...drawn,
    markup,
    timeAxis(x, right, bottom, width / 80),
  );
}

function draw({ from, to, look, text }: Bar, x: Scale, top: number): Markup {
  const left = x.at(from);
  const width = Math.max(2, x.at(to) - left);
  const fits = Math.floor((width - 8) / 6.6);
  return join([
    el("rect", { class: `bar ${look}`, x: round(left), y: top, width: round(width), height: LANE }),
    ...(fits >= 4
      ? [el("text", { class: `bar-text ${look}`, x: round(left + 5), y: top + 16 }, label(text, fits))]
      : []),
  ]);
}

function lanesOf(verdict: Verdict): readonly Lane[] {
  const { run, findings } = verdict.trial;
  const phases = run.phases.map(({ name, from, to, kind }) => ({ from, to, look: `phase-${known(kind)}`, text: name }));
  const alarms = episodes(run, findings).map(({ from, to }) => ({ from, to, look: "alarmed", text: "alarm" }));
  return [
    { title: "phases", bars: phases },
    { title: "fault in force", bars: faults(run) },
    { title: "users hurt", bars: hurt(run) },
    { title: "agent's alarm", bars: alarms },
  ];
}

const known = (kind: string): string => (["warm-up", "steady", "watch", "recovery"].includes(kind) ? kind : "steady");

function faults(run: Run): readonly Bar[] {
  const to = run.revertedAt ?? run.endedAt;
  const injected = run.faults.map((fault) => ({
    from: fault.effective.notBefore,
    to,
    look: "injected",
    text: `${fault.kind} on ${fault.on}`,
  }));
  if (injected.length > 0 || run.inForceAt === null) return injected;
  return [{ from: run.inForceAt, to: run.revertingAt ?? run.endedAt, look: "injected", text: "in the traffic" }];
}

/** Bins in which any stream of users was hurt, by the judge's rule; neighbours become one bar. */
function hurt(run: Run): readonly Bar[] {
  const spans = Object.entries(run.users).flatMap(([key, bins]) => {
    const normal = run.normal[key];
    if (!normal) return [];
    return bins.flatMap((bin, i) =>
      hurts(bin, normal) ? [{ from: bin.from, to: bins[i + 1]?.from ?? bin.from + 5_000 }] : [],
    );
  });
  const bars: { from: number; to: number }[] = [];
  for (const span of spans.sort((a, b) => a.from - b.from)) {
    const last = bars.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else bars.push({ ...span });
  }
  return bars.map((bar) => ({ ...bar, look: "hurt", text: "hurt" }));
}
