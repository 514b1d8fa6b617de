import type { Signal } from "../investigation.ts";
import type { Component } from "../telemetry/model.ts";
import { ENOUGH } from "./baseline.ts";
import type { Bin } from "./bins.ts";
import type { Resource } from "./catalogue.ts";
import { normalOf } from "./readings.ts";
import { median, score } from "./robust.ts";
import { type Quiet, samplesOf } from "./samples.ts";
import type { State } from "./step.ts";

/** How far one stream went from its normal, and for how long it stayed there. */
export interface Excursion {
  readonly component: Component;
  readonly signal: Signal;
  /** The signal, or the resource by its name. */
  readonly what: string;
  readonly userFacing: boolean;
  /** In scales, the middle of three neighbouring bins: one bin alone is noise. */
  readonly z: number;
  /** Whether that is out of normal. */
  readonly out: boolean;
  /** Bins out of normal around the furthest one, both included. */
  readonly from: Bin;
  readonly to: Bin;
}
type Stream = Pick<Excursion, "component" | "signal" | "what" | "userFacing"> & { readonly values: Map<Bin, number> };

/** Errors are scored on the scale that Poisson gives them, the rest on one estimated from history, so they need more. H. */
const OUT_OF_NORMAL = { errors: 3, other: 5 } as const;
/** What a component can have none of, or holds by its nature, is no trouble by itself. */
const PASSIVE: ReadonlySet<Resource["role"]> = new Set(["limit", "hold", "miss"]);

const limitOf = (signal: Signal): number => (signal === "errors" ? OUT_OF_NORMAL.errors : OUT_OF_NORMAL.other);

/** The excursion of each stream of these signals since quiet time was known; the furthest first, those of users before others. */
export function excursions(state: State, quiet: Quiet, signals: ReadonlySet<Signal>): readonly Excursion[] {
  const from = (quiet.history[0] ?? 0) + ENOUGH;
  return [...requests(state, quiet, signals, from), ...resources(state, quiet, signals, from)]
    .flatMap((stream) => excursionOf(stream) ?? [])
    .sort((a, b) => rank(b) - rank(a) || (a.component < b.component ? -1 : 1));
}

const rank = ({ z, signal, out, userFacing }: Excursion): number =>
  z / limitOf(signal) + (out ? 1_000 : 0) + (out && userFacing ? 1_000_000 : 0);

function requests({ rollup }: State, quiet: Quiet, signals: ReadonlySet<Signal>, from: Bin): readonly Stream[] {
  const streams = new Map<string, Stream>();
  for (let bin = from; bin < rollup.closed; bin++)
    for (const { component, signal, userFacing, z } of samplesOf(rollup, bin, quiet).samples) {
      if (!signals.has(signal)) continue;
      const key = `${component} ${signal} ${userFacing}`;
      const stream = streams.get(key) ?? { component, signal, what: signal, userFacing, values: new Map() };
      stream.values.set(bin, z);
      streams.set(key, stream);
    }
  return [...streams.values()];
}

function resources({ readings }: State, quiet: Quiet, signals: ReadonlySet<Signal>, from: Bin): readonly Stream[] {
  return [...readings.tracks.values()].flatMap((track): Stream[] => {
    const { signal, role, name } = track.resource;
    const normal = signals.has(signal) && !PASSIVE.has(role) ? normalOf(track, quiet.history) : undefined;
    if (!normal) return [];
    const scores = track.bins.flatMap((bin, i) =>
      bin < from ? [] : [[bin, score(track.values[i] ?? 0, normal)] as const],
    );
    return [{ component: track.component, signal, what: name, userFacing: false, values: new Map(scores) }];
  });
}

function excursionOf({ values, ...stream }: Stream): Excursion | undefined {
  const bins = [...values.keys()];
  const raw = [...values.values()];
  const z = raw.map((_, i) => middle(raw, i));
  const furthest = z.reduce((best, one, i) => (one > (z[best] ?? Number.NEGATIVE_INFINITY) ? i : best), 0);
  const top = z[furthest];
  if (top === undefined || raw.length < 3) return undefined;
  const limit = limitOf(stream.signal);
  const isOut = (i: number): boolean => (z[i] ?? Number.NEGATIVE_INFINITY) >= limit;
  let first = furthest;
  let last = furthest;
  while (isOut(first - 1)) first--;
  while (isOut(last + 1)) last++;
  return { ...stream, z: top, out: top >= limit, from: bins[first] ?? 0, to: bins[last] ?? 0 };
}

/** The middle of a score and its neighbours; at an end the smaller of the two there are. */
function middle(scores: readonly number[], i: number): number {
  const around = scores.slice(Math.max(0, i - 1), i + 2);
  return around.length < 3 ? Math.min(...around) : median(around);
}
