import type { Component } from "../telemetry/model.ts";
import { errorScore, latencyScore, learn, type Norms } from "./baseline.ts";
import type { Bin, Cell, Rollup, Row } from "./bins.ts";
import type { Sample } from "./detect.ts";
import { sorted } from "./robust.ts";
import { objectiveBroken, type Surge, surge } from "./surge.ts";

/** What is normal for users' requests and for all requests, learnt from one history. */
export interface Quiet {
  readonly users: Norms;
  readonly all: Norms;
  readonly history: readonly Bin[];
}

/** A component is an entry if at least this share of what it answers comes from users. H. */
const ENTRY_SHARE = 0.05;

export function learnQuiet(rollup: Rollup, history: readonly Bin[]): Quiet {
  return { users: learn(rollup.users, history), all: learn(rollup.all, history), history };
}

/** Components that users call themselves, by the quiet rates. */
export function entriesOf(quiet: Quiet): ReadonlySet<Component> {
  const entries = new Set<Component>();
  for (const [component, norm] of quiet.users)
    if (norm.rate.middle >= ENTRY_SHARE * (quiet.all.get(component)?.rate.middle ?? 0)) entries.add(component);
  return entries;
}

const none: Row = new Map();

/** Scores of all request streams in one closed bin, with the surge guard applied. */
export function samplesOf(
  rollup: Rollup,
  bin: Bin,
  quiet: Quiet,
): { samples: readonly Sample[]; surge: Surge | undefined } {
  const users = rollup.users.get(bin) ?? none;
  const all = rollup.all.get(bin) ?? none;
  const rise = surge(users, all, quiet.users, quiet.all);
  const samples: Sample[] = [];
  for (const [component, norm] of quiet.users) {
    const cell = users.get(component);
    if (!cell) continue;
    samples.push(
      ...scored(
        component,
        true,
        latencyUnder(rise, component, cell, quiet, latencyScore(cell, norm)),
        errorScore(cell, norm),
      ),
    );
  }
  for (const [component, norm] of quiet.all) {
    const cell = all.get(component);
    // Users' own requests were counted above.
    if (!cell || cell.count <= 1.1 * (users.get(component)?.count ?? 0)) continue;
    samples.push(
      ...scored(
        component,
        false,
        latencyUnder(rise, component, cell, quiet, latencyScore(cell, norm)),
        errorScore(cell, norm),
      ),
    );
  }
  return { samples, surge: rise };
}

function scored(component: Component, userFacing: boolean, latency: number, errors: number): Sample[] {
  return [
    { component, signal: "latency", userFacing, z: latency },
    { component, signal: "errors", userFacing, z: errors },
  ];
}

/** A component that carries this many times its usual requests is judged by the objective. H. */
export const CARRIES_MORE = 1.5;

/** While there are twice as many users, slower answers of who carries them count only once they break the objective. */
function latencyUnder(rise: Surge | undefined, component: Component, cell: Cell, quiet: Quiet, z: number): number {
  if (!rise || (rise.ratios.get(component) ?? 1) < CARRIES_MORE) return z;
  const durations = [...cell.routes.values()].flatMap((route) => route.durations);
  return objectiveBroken(durations, quiet.all.get(component)?.slowest ?? 0) ? z : Math.min(z, 1);
}

/** Quantile of all durations of a component over some bins, in seconds. */
export function durationsOf(
  rows: ReadonlyMap<Bin, Row>,
  bins: readonly Bin[],
  component: Component,
  route?: string,
): Float64Array {
  const found: number[] = [];
  for (const bin of bins) {
    const routes = rows.get(bin)?.get(component)?.routes;
    const wanted = route === undefined ? (routes?.values() ?? []) : [routes?.get(route)];
    for (const cell of wanted) for (const seconds of cell?.durations ?? []) found.push(seconds);
  }
  return sorted(found);
}
