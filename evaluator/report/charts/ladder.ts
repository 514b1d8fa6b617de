import { hurts } from "../../../generator/traffic/users.ts";
import { episodes } from "../../episodes.ts";
import type { Run } from "../../run.ts";
import type { Verdict } from "../../trial-record.ts";
import { el, join, type Markup } from "../markup.ts";
import type { Mark } from "../moments.ts";
import { perSecond } from "../numbers.ts";
import { label } from "../text.ts";
import { flags } from "./flags.ts";
import { drawing, timeAxis } from "./frame.ts";
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
  const { height, poles, labels } = flags(marks, x, [left, right], stack);
  const tops = lanes.map((_, i) => height + 8 + i * step + (beside ? 0 : TITLE));
  const grounds = lanes.map((lane, i) => ground(lane, tops[i] ?? 0, beside, [left, right], x));
  const words = lanes.flatMap(({ bars }, i) => bars.map((bar) => wording(bar, x, tops[i] ?? 0)));
  const bottom = height + stack;
  const said = "Phases, the fault, hurt users and the agent's alarms over the run; the table below lists every moment.";
  return drawing(
    id,
    [width, bottom + 24],
    { title: "The drill as it went", said },
    ...grounds,
    poles,
    ...words,
    labels,
    timeAxis(x, right, bottom, width / 80),
  );
}

function ground(
  { title, bars }: Lane,
  top: number,
  beside: boolean,
  [left, right]: readonly [number, number],
  x: Scale,
): Markup {
  const place = beside ? { x: left - 10, y: top + 16, "text-anchor": "end" } : { x: left, y: top - 5 };
  return join([
    el("text", { class: "lane", ...place }, title),
    el("rect", { class: "lane-ground", x: left, y: top, width: right - left, height: LANE }),
    ...bars.map(({ from, to, look }) => {
      const at = x.at(from);
      const width = round(Math.max(2, x.at(to) - at));
      return el("rect", { class: `bar ${look}`, x: round(at), y: top, width, height: LANE });
    }),
  ]);
}

/** The words of a bar, if they fit into it. */
function wording({ from, to, text }: Bar, x: Scale, top: number): Markup {
  const fits = Math.floor((x.at(to) - x.at(from) - 8) / 6.4);
  const at = { class: "bar-text", x: round(x.at(from) + 5), y: top + 16 };
  return fits < 4 ? join([]) : el("text", at, label(text, fits));
}

function lanesOf(verdict: Verdict): readonly Lane[] {
  const { run, findings } = verdict.trial;
  const phases = run.phases.map(({ name, from, to, kind }) => ({ from, to, look: `phase-${known(kind)}`, text: name }));
  const load = run.phases.map(({ from, to }, i) => loadOf(run, from, to, i));
  const alarms = episodes(run, findings).map(({ from, to }) => ({ from, to, look: "alarmed", text: "alarm" }));
  return [
    { title: "phases", bars: phases },
    { title: "load offered", bars: load },
    { title: "fault in force", bars: faults(run) },
    { title: "users hurt", bars: hurt(run) },
    { title: "agent's alarm", bars: alarms },
  ];
}

/** The mean rate that a phase offered, in the heaviest tone where it was highest. */
function loadOf(run: Run, from: number, to: number, i: number): Bar {
  const rates = run.load.phases.map(({ offered }) => offered);
  const offered = rates[i] ?? 0;
  const heavy = offered > 1.2 * Math.min(...rates);
  return { from, to, look: heavy ? "load-high" : "load", text: perSecond(offered) };
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
      hurts(bin, normal, run.objective) ? [{ from: bin.from, to: bins[i + 1]?.from ?? bin.from + 5_000 }] : [],
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
