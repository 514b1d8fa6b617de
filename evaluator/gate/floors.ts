import * as z from "zod";
import { HarnessError } from "../../generator/harness-error.ts";
import { poissonRate } from "../stats/poisson.ts";
import { quantile } from "../stats/quantile.ts";
import { wilson } from "../stats/wilson.ts";
import type { RunScore } from "./accepted.ts";
import { EXACT_SET, HOUR, type Known, level, tauOf } from "./measures.ts";
import type { Reason } from "./reason.ts";

/** What an agent must reach whatever was accepted; each is optional. */
const Floors = z.strictObject({
  /** Lower 95 % bound of the mean exact set, Wilson's over clusters. */
  exact_set: z.coerce.number().min(0).max(1).optional(),
  /** Upper 95 % bound of false alarms in an hour of fault-free time. */
  fa_per_hour: z.coerce.number().min(0).optional(),
  /** Seconds from the first harm to the alarm, 90 % point; an alarm that never came is later than all. */
  ttd_p90: z.coerce.number().min(0).optional(),
});
export type Floors = z.infer<typeof Floors>;

export interface Runs {
  readonly known: Known;
  readonly runs: readonly RunScore[];
}

/** From `name=value`. @throws HarnessError (exit 2) for another name, or what is no number. */
export function floorsOf(asked: readonly string[]): Floors {
  const read = Floors.safeParse(Object.fromEntries(asked.map(named)));
  if (read.success) return read.data;
  throw new HarnessError(`--floor cannot be read: ${z.prettifyError(read.error)}`, {
    hint: "for example --floor exact_set=0.6 --floor fa_per_hour=2 --floor ttd_p90=60",
    exitCode: 2,
  });
}

/** A line for each floor that is not reached. Without samples none is. */
export function belowFloors(floors: Floors, all: readonly Runs[]): Reason[] {
  const counted = all
    .map(({ known, runs }) => ({ known, runs: runs.filter(({ state }) => state !== "invalid") }))
    .filter(({ runs }) => runs.length > 0);
  return [
    ...below("exact_set", floors.exact_set, exactSetOf(counted), (value, floor) => value >= floor),
    ...below("fa_per_hour", floors.fa_per_hour, alarmsOf(counted), (value, floor) => value <= floor),
    ...below("ttd_p90", floors.ttd_p90, lateOf(counted), (value, floor) => value <= floor),
  ];
}

/** What is no number reads as none. */
function named(asked: string): readonly [string, string] {
  const [name = "", value = ""] = asked.split("=", 2);
  return [name, value === "" ? "nothing" : value];
}

function below(
  name: string,
  floor: number | undefined,
  value: number | null,
  reached: (value: number, floor: number) => boolean,
): Reason[] {
  if (floor === undefined || (value !== null && reached(value, floor))) return [];
  const text = value === null ? "has no samples" : `is ${value.toFixed(2)}`;
  return [{ rule: `floor ${name}`, text: `${name} ${text}; asked for ${floor}` }];
}

function exactSetOf(all: readonly Runs[]): number | null {
  const pairs = all.map(({ known, runs }) => ({ id: "", known, before: [], now: runs }));
  const incidents = all.filter(({ known }) => known.incident);
  if (incidents.length === 0) return null;
  const clusters = new Set(incidents.map(({ known }) => known.cluster)).size;
  const mean = level(EXACT_SET, pairs, ({ now }) => now, tauOf(pairs));
  return wilson(mean * clusters, clusters).low;
}

function alarmsOf(all: readonly Runs[]): number | null {
  let events = 0;
  let hours = 0;
  for (const { known, runs } of all) {
    events += runs.reduce((sum, { false_alarms }) => sum + false_alarms, 0);
    hours += (runs.length * known.calm) / HOUR;
  }
  return hours === 0 ? null : poissonRate(events, hours).high;
}

function lateOf(all: readonly Runs[]): number | null {
  const times = all
    .filter(({ known }) => known.incident)
    .flatMap(({ runs }) => runs.map(({ ttd_ms }) => (ttd_ms === null ? Number.POSITIVE_INFINITY : ttd_ms / 1_000)));
  return times.length === 0 ? null : quantile(times, 0.9);
}
