import type { Telemetry, Window } from "../../../agent/telemetry/model.ts";
import { force, type Stretch } from "../charts/golden.ts";
import type { Line, Point } from "../charts/lines.ts";
import { small } from "../charts/small.ts";
import type { Markup } from "../markup.ts";
import type { Mark } from "../moments.ts";
import { latency, percent, perSecond, quantity } from "../numbers.ts";
import type { Called } from "../readings/called.ts";
import { type Track, tracks } from "../readings/resources.ts";
import type { Served } from "../readings/server-bins.ts";
import { name, sentence } from "../text.ts";

/** A small chart with its title and its reading. */
export interface Chart {
  readonly title: string;
  readonly svg: Markup;
  readonly said: string;
}
export type Panel = (run: Stretch, marks: readonly Mark[]) => Chart;

interface Drawn {
  readonly id: string;
  readonly component: string;
  readonly title: string;
  /** The last one is read. */
  readonly lines: readonly Line[];
  readonly told: (value: number) => string;
  readonly least: number;
  readonly unit?: number;
}

const panel =
  ({ id, component, title, lines, told, least, unit }: Drawn): Panel =>
  (run, marks) => ({
    title,
    svg: small({ id, title: `${title} of ${name(component)}`, drawn: lines, told, least, unit: unit ?? 1 }, run, marks),
    said: reading(run, lines.at(-1)?.points ?? [], told),
  });

const line = (called: string, look: string, points: Line["points"]): Line => ({ name: called, look, points });

/** Golden signals of a component from its own spans. */
export function ofServed({ component, rate, failed, p50, p95 }: Served, id: string): readonly Panel[] {
  return [
    panel({ id: `${id}-rate`, component, title: "Requests", lines: [line("rate", "line-1", rate)], told: perSecond, least: 1 }),
    panel({ id: `${id}-failed`, component, title: "Failing share", lines: [line("failing", "line-2", failed)], told: percent, least: 0.1 }),
    panel({ id: `${id}-time`, component, title: "p95, and p50 (dashed)", lines: [line("p50", "line-dashed", p50), line("p95", "line-1", p95)], told: latency, least: 20 }),
  ]; // biome-ignore format: a table reads better than a column
}

/** Golden signals of a component from its callers' spans. */
export function ofCalled({ component, rate, failed, waited }: Called, id: string): readonly Panel[] {
  return [
    panel({ id: `${id}-rate`, component, title: "Calls to it", lines: [line("rate", "line-1", rate)], told: perSecond, least: 1 }),
    panel({ id: `${id}-failed`, component, title: "Failing share, by callers", lines: [line("failing", "line-2", failed)], told: percent, least: 0.1 }),
    panel({ id: `${id}-time`, component, title: "Callers' mean wait", lines: [line("wait", "line-1", waited)], told: latency, least: 20 }),
  ]; // biome-ignore format: a table reads better than a column
}

/** Resources of a component that are worth a drawing, a used one with its limit. */
export function ofResources(component: string, id: string, telemetry: Telemetry, within: Window): readonly Panel[] {
  const all = tracks(telemetry, component, within);
  return all.filter(worthDrawing).map((track, n) => {
    const { resource } = track;
    const limit =
      resource.role === "used"
        ? all.find((one) => one.resource.role === "limit" && one.resource.group === resource.group)
        : undefined;
    return panel({
      id: `${id}-r${n}`,
      component,
      title: `${sentence(resource.name.replace(/^cpu\b/, "CPU"))}${resource.role === "cpu" ? ", cores" : ""}${limit ? ", limit (dashed)" : ""}`,
      lines: [
        ...(limit ? [line(limit.resource.name, "line-limit", limit.points)] : []),
        line(resource.name, "line-3", track.points),
      ],
      told: (value) => quantity(value, resource.role === "cpu" ? "" : track.unit),
      least: resource.floor,
      ...(track.unit === "By" ? { unit: 1024 * 1024 } : {}),
    });
  });
}

/** CPU and memory always; others if they moved by more than their smallest scale. */
function worthDrawing({ resource, points }: Track): boolean {
  if (resource.role === "limit" || resource.role === "other") return false;
  if (resource.role === "cpu" || resource.name === "memory") return true;
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  return values.length > 1 && Math.max(...values) - Math.min(...values) > 2 * resource.floor;
}

/** Median before the fault and while it was in force; of a control over the run. */
function reading(run: Stretch, points: readonly Point[], told: (value: number) => string): string {
  const between = (from: number, to: number): string => {
    const values = points.flatMap(({ at, value }) => (value !== null && at >= from && at < to ? [value] : []));
    const middle = values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
    return middle === undefined ? "nothing" : told(middle);
  };
  const [window] = force(run);
  if (!window) return between(run.startedAt, run.endedAt);
  return `${between(run.startedAt, window[0])} → ${between(window[0], window[1])}`;
}
