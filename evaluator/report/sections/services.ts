import type { Telemetry, Window } from "../../../agent/telemetry/model.ts";
import type { Run } from "../../run.ts";
import { type Block, prose, type Section } from "../block.ts";
import type { Line } from "../charts/lines.ts";
import { most, small } from "../charts/small.ts";
import type { Markup } from "../markup.ts";
import { latency, percent, perSecond, quantity } from "../numbers.ts";
import { type Track, tracks } from "../readings/resources.ts";
import { type Served, served } from "../readings/server-bins.ts";
import { name } from "../text.ts";

interface Chart {
  readonly title: string;
  readonly svg: Markup;
  readonly said: string;
}
/** At most so many components are drawn, the busiest first. */
const MOST = 12;

/** What each service's own telemetry shows over the run. */
export function services(run: Run, telemetry: Telemetry): Section {
  const within = { from: run.startedAt, to: run.endedAt };
  const all = run.endedAt > run.startedAt ? served(telemetry, within) : [];
  const drawn = all.toSorted((a, b) => b.requests - a.requests).slice(0, MOST);
  const shown = new Set(drawn.map(({ component }) => component));
  const silent = telemetry.components(within).filter((card) => !all.some((one) => one.component === card.component));
  const parts = all.filter((one) => shown.has(one.component)).map((one, n) => part(one, n, run, telemetry));
  const others = silent.slice(0, MOST).map(({ component }, n) => {
    const charts = resources(component, `o${n}`, run, telemetry, within);
    return charts.length === 0 ? [] : block(component, charts);
  });
  const cut =
    all.length > drawn.length
      ? [prose(`${all.length - drawn.length} more services answered fewer requests and are not drawn.`, "quiet")]
      : [];
  const blocks = [...parts.flat(), ...others.flat(), ...cut];
  return {
    id: "services",
    title: "Each service from the inside",
    lead: "From the services' own telemetry; the shaded stretch is the time of the fault. Resources that never moved are left out.",
    blocks: blocks.length === 0 ? [prose("No service sent telemetry of requests.", "quiet")] : blocks,
  };
}

const block = (component: string, charts: readonly Chart[]): Block[] => [
  { kind: "heading", text: name(component) },
  { kind: "charts", charts },
];

function part(one: Served, n: number, run: Run, telemetry: Telemetry): Block[] {
  const id = `s${n}`;
  const chart = (
    key: string,
    title: string,
    lines: readonly Line[],
    told: (value: number) => string,
    least: number,
  ): Chart => ({
    title,
    svg: small(`${id}-${key}`, run, `${title} of ${name(one.component)}`, lines, told, least),
    said: `up to ${told(Math.max(...lines.map(most)))}`,
  });
  const line = (called: string, look: string, points: Line["points"]): Line => ({ name: called, look, points });
  const golden = [
    chart("rate", "Requests a second", [line("rate", "line-1", one.rate)], perSecond, 1),
    chart("failed", "Failing share", [line("failing", "line-2", one.failed)], percent, 0.1),
    chart(
      "time",
      "Response time, p50 (dashed) and p95",
      [line("p50", "line-dashed", one.p50), line("p95", "line-1", one.p95)],
      latency,
      20,
    ),
  ];
  return block(one.component, [
    ...golden,
    ...resources(one.component, id, run, telemetry, { from: run.startedAt, to: run.endedAt }),
  ]);
}

function resources(component: string, id: string, run: Run, telemetry: Telemetry, within: Window): Chart[] {
  const all = tracks(telemetry, component, within);
  return all.filter(worthDrawing).map((track, n) => {
    const limit =
      track.resource.role === "used"
        ? all.find((one) => one.resource.role === "limit" && one.resource.group === track.resource.group)
        : undefined;
    const lines: Line[] = [{ name: track.resource.name, look: "line-3", points: track.points }];
    if (limit) lines.push({ name: limit.resource.name, look: "line-limit", points: limit.points });
    const told = (value: number): string =>
      track.resource.role === "cpu" ? `${quantity(value)} cores` : quantity(value, track.unit);
    const title = `${track.resource.name}${limit ? " and its limit (dashed)" : ""}`;
    const drawn = small(`${id}-r${n}`, run, `${title} of ${name(component)}`, lines, told, track.resource.floor);
    return {
      title: title.charAt(0).toUpperCase() + title.slice(1),
      svg: drawn,
      said: `up to ${told(Math.max(...lines.slice(0, 1).map(most)))}`,
    };
  });
}

/** CPU and memory always; others if they moved by more than their smallest scale. */
function worthDrawing({ resource, points }: Track): boolean {
  if (resource.role === "limit" || resource.role === "other") return false;
  if (resource.role === "cpu" || resource.name === "memory") return true;
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  return values.length > 1 && Math.max(...values) - Math.min(...values) > 2 * resource.floor;
}
