import type { Component, Instant, Millis, Point, Span, Telemetry } from "../../telemetry/model.ts";
import { openStore } from "../../telemetry/store.ts";
import { investigate } from "../investigate.ts";
import { entriesOf } from "../samples.ts";
import { lookBack, sceneOf } from "../scene.ts";
import { type State, start, step } from "../step.ts";
import { type Chance, chance } from "./random.ts";

/** A made-up system of any size: entries that users call, and layers of services behind them. */
export interface Plan {
  readonly services: number;
  /** Users' requests a second. A third of them enter at the first entry. */
  readonly rate: number;
}
export const BEGIN: Instant = 1_700_000_000_000;
const QUIET: Millis = 130_000;
const LASTS: Millis = 160_000;
const EXPORT: Millis = 5_000;
const DEEPEST = 3;
/** A service calls its first callee at every request and each other at this share. */
const OTHERS = 0.3;

/** What everybody in it calls: the first callee of the first entry, which becomes slow. */
export const CULPRIT: Component = "service-0-next";
const nameOf = (service: number) => `service-${service}`;

interface City {
  readonly names: readonly Component[];
  readonly callees: readonly (readonly number[])[];
  readonly entries: number;
}

function cityOf({ services }: Plan, random: Chance): City {
  const entries = Math.max(1, Math.floor(services / 10));
  // Calls lead from lower to higher numbers, so that they end.
  const callees = Array.from({ length: services }, (_, i) => {
    const from = Math.max(i + 1, entries);
    const left = services - from;
    if (left <= 0) return [];
    const picked = Array.from({ length: 3 }, () => from + Math.floor(random.next() * left));
    return [...new Set(i === 0 ? [entries, ...picked] : picked)];
  });
  const names = callees.map((_, i) => (i === entries ? CULPRIT : nameOf(i)));
  return { names, callees, entries };
}

/** Everything that the system sends, in a store; and a view of it at `now()`. */
export function metropolis(plan: Plan): { readonly view: (now: () => Instant) => Telemetry; readonly spans: number } {
  const random = chance(plan.services);
  const city = cityOf(plan, random);
  const spans: Span[] = [];
  for (let at = 0; at < LASTS; at += random.exponential(1_000 / plan.rate)) {
    const entry = random.next() < 1 / 3 ? 0 : Math.floor(random.next() * city.entries);
    request(spans, city, random, { service: entry, at, trace: `t${spans.length}`, parent: "user", depth: 0 });
  }
  const store = openStore();
  for (const span of spans.sort((a, b) => a.arrival - b.arrival)) store.span(span);
  for (let at = EXPORT; at <= LASTS; at += EXPORT)
    for (const component of city.names) for (const point of pointsOf(component, at, random)) store.point(point);
  return { view: store.view, spans: spans.length };
}

interface Entering {
  readonly service: number;
  readonly at: Millis;
  readonly trace: string;
  readonly parent: string;
  readonly depth: number;
}
/** One request and all it leads to, one call after the other; answers when it ends. */
function request(spans: Span[], city: City, random: Chance, entering: Entering): Millis {
  const { service, at, trace, parent, depth } = entering;
  const component = city.names[service] ?? "";
  const id = `${trace}.${spans.length}`;
  const common = { trace, component, instance: `${component}-1`, failed: false, exceptions: [] };
  const slow = component === CULPRIT && at >= QUIET ? 300 : 0;
  let now = at + random.around(2, 0.3) + slow;
  const callees = depth < DEEPEST ? (city.callees[service] ?? []) : [];
  const place = spans.length;
  spans.length += 1;
  for (const [i, callee] of callees.entries()) {
    if (i > 0 && random.next() >= OTHERS) continue;
    const began = now;
    const call = `${id}.${i}`;
    now = request(spans, city, random, { service: callee, at: now + 0.3, trace, parent: call, depth: depth + 1 }) + 0.3;
    const attributes = { "server.address": city.names[callee] ?? "", "server.port": 80 };
    const [start, end] = [BEGIN + began, BEGIN + now];
    spans.push({ ...common, id: call, parent: id, name: "GET", kind: "client", start, end, attributes, arrival: end + 500 });
  }
  const [start, end] = [BEGIN + at, BEGIN + now];
  const attributes = { "http.response.status_code": 200 };
  spans[place] = { ...common, id, parent, name: `GET /${service % 7}`, kind: "server", start, end, attributes, arrival: end + 500 };
  return now;
} // biome-ignore format: spans in one line each

const GAUGES = [
  ["process.memory.usage", "By", 2e8],
  ["db.client.connection.max", "{connection}", 10],
  ["db.client.connection.pending_requests", "{request}", 0],
  ["process.thread.count", "{thread}", 20],
  ["process.unix.file_descriptor.count", "{file}", 100],
  ["process.unix.file_descriptor.limit", "{file}", 1024],
] as const;

function pointsOf(component: Component, at: Millis, random: Chance): Point[] {
  const of = { component, instance: `${component}-1`, at: BEGIN + at - 1, start: BEGIN, arrival: BEGIN + at + 200 };
  const gauge = (metric: string, unit: string, value: number, attributes: Point["attributes"] = {}): Point => ({
    ...of, metric, unit, kind: "gauge", temporality: "delta", value, attributes,
  }); // biome-ignore format: one shape
  return [
    { ...of, metric: "process.cpu.time", unit: "s", kind: "counter", temporality: "cumulative", value: at / 10_000, attributes: {} },
    gauge("db.client.connection.count", "{connection}", 2 + random.next(), { "db.client.connection.state": "used" }),
    ...GAUGES.map(([metric, unit, value]) => gauge(metric, unit, value * (1 + 0.01 * random.next()))),
  ]; // biome-ignore format: a table reads better than a column
}

/** An agent's state at the end, when the incident has lasted half a minute. */
export function watched(view: (now: () => Instant) => Telemetry): { readonly state: State; readonly now: Instant } {
  let state = start();
  let now = BEGIN;
  const telemetry = view(() => now);
  for (now = BEGIN + 1_000; now <= BEGIN + LASTS; now += 1_000) state = step(state, now, telemetry).state;
  return { state, now: BEGIN + LASTS };
}

/** A whole investigation, from the look back on quiet time to the picture. */
export function investigated({ state, now }: ReturnType<typeof watched>, view: (now: () => Instant) => Telemetry) {
  const { incident, quiet } = state;
  if (!incident || !quiet) throw new RangeError("no incident was noticed");
  const telemetry = view(() => now);
  const { onset, onsets, hurt, raisedAt } = incident;
  const past = lookBack(telemetry, quiet.history, onset);
  const scene = sceneOf(telemetry, now, onset, { ...state, quiet, entries: entriesOf(quiet), past });
  return investigate({ scene, onsets, hurt, raisedAt });
}
