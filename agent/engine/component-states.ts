import type { ComponentState } from "../investigation.ts";
import type { Component, ComponentCard } from "../telemetry/model.ts";
import { errorScore, expectedFailed, expectedMean, FEWEST, latencyOf, latencyScore } from "./baseline.ts";
import { type Bin, type Cell, isHeard, type Rollup, type Row } from "./bins.ts";
import type { Digest } from "./digest.ts";
import { figure, ms, percent } from "./evidence.ts";
import { CARRIES_MORE, type Quiet } from "./samples.ts";
import { objectiveBroken, type Surge } from "./surge.ts";
import { ILL } from "./symptoms.ts";
import { virtualState } from "./virtual-states.ts";

/** What the state of components is read from: the bins looked at, and calls now and in quiet time. */
export interface Look {
  readonly rollup: Rollup;
  readonly quiet: Quiet;
  readonly from: Bin;
  readonly to: Bin;
  readonly now: Digest;
  readonly past: Digest;
  readonly entries: ReadonlySet<Component>;
  readonly cards: readonly ComponentCard[];
  readonly surge: Surge | undefined;
  /** Callees whose way from a caller is slow, while they are well themselves. */
  readonly beyondSlowWays: ReadonlySet<Component>;
}
export type Health = Pick<ComponentState, "health" | "why">;

/** So many points of requests failing beyond normal make a component failing. H. */
const FAILING = 0.05;
/** Silence counts only of those who usually answer so many requests in a bin. H. */
const TALKATIVE = 5;
/** Share of a component's delay that one callee must account for to be named. H. */
const MOSTLY = 0.5;
/** More traffic explains answers up to twice as slow (ln 2, softened for quick ones). H. */
const LITTLE = 0.7;

/** How every known component is, services first. */
export function componentStates(look: Look): readonly ComponentState[] {
  const known = new Set([...look.quiet.all.keys(), ...look.now.components.keys()]);
  const services = [...known].sort();
  const callees = [...look.past.edges.values(), ...look.now.edges.values()].map((edge) => edge.callee);
  const virtual = [...new Set(callees)].filter((callee) => !known.has(callee)).sort();
  const cards = new Map(look.cards.map((card) => [card.component, card]));
  const state = (component: Component, kind: ComponentState["kind"], health: Health): ComponentState => ({
    component,
    kind,
    ...health,
    entry: look.entries.has(component),
    attributes: cards.get(component)?.attributes ?? {},
  });
  return [
    ...services.map((one) => state(one, "service", serviceState(look, one))),
    ...virtual.map((one) => state(one, "virtual", virtualState(look, one))),
  ];
}

function serviceState(look: Look, component: Component): Health {
  const { rollup, quiet } = look;
  const norm = quiet.all.get(component);
  if (!norm) return { health: "unknown", why: "it was not there, or hardly, in quiet time" };
  if (norm.rate.middle >= TALKATIVE && !isHeard(rollup, component))
    return { health: "silent", why: "it has sent no span for 15 s" };
  const cell = together(rollup.all, look.from, look.to, component);
  if (cell.count < FEWEST) return { health: "unknown", why: `only ${cell.count} requests to judge by` };
  const share = cell.failed / cell.count;
  const usual = expectedFailed(cell, norm) / cell.count;
  const ill = errorScore(cell, norm) >= ILL;
  const fails = `${percent(share)} of its requests fail, normally ${percent(usual)}`;
  if (ill && share - usual >= FAILING) return { health: "failing", why: fails };
  const mean = (cell.seconds / cell.count) * 1000;
  const normal = expectedMean(cell, norm) * 1000;
  const times = `${ms(mean)} a request, normally ${ms(normal)}`;
  if (latencyScore(cell, norm) >= ILL && !carries(look, component, cell))
    return { health: "degraded", why: `${times}${waitsFor(look, component, (mean - normal) * cell.count)}` };
  if (ill) return { health: "degraded", why: fails };
  const ratio = look.surge?.ratios.get(component) ?? 1;
  return {
    health: "healthy",
    why: ratio >= CARRIES_MORE ? `it carries ${figure(ratio)} times its usual requests` : `as always: ${times}`,
  };
}

/** Is it merely a little slower because it carries more, within the objective? */
function carries({ surge, quiet }: Look, component: Component, cell: Cell): boolean {
  const norm = quiet.all.get(component);
  if (!norm || (surge?.ratios.get(component) ?? 1) < CARRIES_MORE || latencyOf(cell, norm) > LITTLE) return false;
  const durations = [...cell.routes.values()].flatMap((route) => route.durations);
  return !objectiveBroken(durations, quiet.all.get(component)?.slowest ?? 0);
}

function waitsFor({ now, past }: Look, component: Component, excess: number): string {
  let most: { callee: Component; time: number } | undefined;
  for (const [name, edge] of now.edges) {
    const before = past.edges.get(name);
    if (edge.caller !== component || !edge.sync || !before || before.count === 0) continue;
    const time = edge.clientTime - (before.clientTime / before.count) * edge.count;
    if (!most || time > most.time) most = { callee: edge.callee, time };
  }
  return most && most.time >= MOSTLY * excess ? `; most of it is waiting for ${most.callee}` : "";
}

/** All requests of a component in some bins as one cell. */
export function together(rows: ReadonlyMap<Bin, Row>, from: Bin, to: Bin, component: Component): Cell {
  const out: Cell = { count: 0, failed: 0, seconds: 0, statuses: new Map(), routes: new Map() };
  for (let bin = from; bin < to; bin++) {
    const cell = rows.get(bin)?.get(component);
    if (!cell) continue;
    out.count += cell.count;
    out.failed += cell.failed;
    out.seconds += cell.seconds;
    for (const [status, count] of cell.statuses) out.statuses.set(status, (out.statuses.get(status) ?? 0) + count);
    for (const [name, route] of cell.routes) {
      const into = out.routes.get(name) ?? { count: 0, failed: 0, seconds: 0, durations: [] };
      into.count += route.count;
      into.failed += route.failed;
      into.seconds += route.seconds;
      for (const duration of route.durations) into.durations.push(duration);
      out.routes.set(name, into);
    }
  }
  return out;
}
