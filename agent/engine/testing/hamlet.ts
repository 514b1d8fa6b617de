import type { Agent } from "../../agent.ts";
import type { Finding, Stamped } from "../../investigation.ts";
import type { Instant, LogRecord, Point, Span, TelemetrySink } from "../../telemetry/model.ts";
import { openStore } from "../../telemetry/store.ts";
import { chance } from "./random.ts";

/** What two services and their database send, as a receiver gets it: small, so that a test can spoil it many times. */
export interface Told {
  readonly spans: readonly Span[];
  readonly logs: readonly LogRecord[];
  readonly points: readonly Point[];
}
export const START: Instant = 1_700_000_000_000;
/** Quiet until then, in ms; afterwards the back is slow and fails, if there is trouble at all. */
const QUIET = 125_000;
const LASTS = 175_000;
/** A request every so many ms. */
const EVERY = 170;
const EXPORT = 5_000;

export const FRONT = "front";
export const BACK = "back";

export function hamlet(seed: number, trouble: boolean): Told {
  const random = chance(seed);
  const spans: Span[] = [];
  const logs: LogRecord[] = [];
  let ids = 0;
  for (let at = 0; at < LASTS; at += EVERY) {
    const ill = trouble && at >= QUIET;
    const failed = ill && random.next() < 0.4;
    const began = START + at;
    const trace = `t${at}`;
    const [user, call, answer, query] = Array.from({ length: 4 }, () => `s${ids++}`) as [
      string,
      string,
      string,
      string,
    ];
    const work = random.around(ill ? 400 : 20, 0.2);
    const ends = began + work + 12;
    const status = failed ? 500 : 200;
    const exceptions = failed ? [{ type: "Error", message: "no price" }] : [];
    const span = (component: string, more: Pick<Span, "id" | "kind" | "name" | "start" | "end"> & Partial<Span>): Span => ({
      trace, component, instance: `${component}-1`, failed, exceptions, attributes: {}, arrival: ends + 100 + random.next() * 900, ...more,
    }); // biome-ignore format: one shape
    const told = { "http.response.status_code": status };
    const peer = { ...told, "server.address": "127.0.0.1", "server.port": 8080 };
    const store = {
      failed: false,
      exceptions: [],
      attributes: { "db.system.name": "postgresql", "db.namespace": "store" },
    };
    spans.push(
      span(FRONT, { id: user, parent: `user${at}`, kind: "server", name: "GET /", start: began, end: ends, attributes: told }),
      span(FRONT, { id: call, parent: user, kind: "client", name: "GET", start: began + 1, end: ends - 1, attributes: peer }),
      span(BACK, { id: answer, parent: call, kind: "server", name: "GET /item", start: began + 2, end: ends - 2, attributes: told }),
      span(BACK, { id: query, parent: answer, kind: "client", name: "SELECT", start: began + 3, end: began + 6, ...store }),
    ); // biome-ignore format: a trace reads better than a column
    if (failed) logs.push({ at: ends, component: BACK, instance: "back-1", severity: 17, body: `item ${at} has no price`, attributes: {}, arrival: ends + 300 }); // biome-ignore format: one shape
  }
  return { spans, logs, points: pointsOf(random.next, trouble) };
}

function pointsOf(random: () => number, trouble: boolean): Point[] {
  const points: Point[] = [];
  for (const component of [FRONT, BACK]) {
    let used = 0;
    for (let at = EXPORT; at <= LASTS; at += EXPORT) {
      used += 0.2 + random() * 0.05 + (trouble && at > QUIET && component === BACK ? 3 : 0);
      const of = { component, instance: `${component}-1`, attributes: {}, at: START + at - 1, start: START, arrival: START + at + 200 }; // biome-ignore format: one shape
      points.push(
        { ...of, metric: "process.cpu.time", unit: "s", kind: "counter", temporality: "cumulative", value: used },
        { ...of, metric: "process.memory.usage", unit: "By", kind: "gauge", temporality: "delta", value: 2e8 + random() * 1e6 },
        { ...of, metric: "db.client.connection.wait_time", unit: "s", kind: "histogram", temporality: "cumulative", value: used / 10, count: at },
      ); // biome-ignore format: one shape
    }
  }
  return points;
}

/** Lets an agent watch what was told: it enters the store in order of arrival, as a receiver would let it. */
export async function watchTold(agent: Agent, { spans, logs, points }: Told): Promise<readonly Stamped[]> {
  const store = openStore();
  const arriving = [
    ...spans.map((one) => ({ arrival: one.arrival, enter: (sink: TelemetrySink) => sink.span(one) })),
    ...logs.map((one) => ({ arrival: one.arrival, enter: (sink: TelemetrySink) => sink.log(one) })),
    ...points.map((one) => ({ arrival: one.arrival, enter: (sink: TelemetrySink) => sink.point(one) })),
  ].sort((a, b) => a.arrival - b.arrival);
  for (const { enter } of arriving) enter(store);
  let now = START;
  async function* ticks(): AsyncGenerator<Instant> {
    for (let at = START + 1000; at <= START + LASTS; at += 1000) {
      now = at;
      yield at;
    }
  }
  const findings: Stamped[] = [];
  const view = store.view(() => now);
  const brief = { budget: LASTS, random: () => 0.5 };
  for await (const finding of agent.investigate(brief, view, ticks(), new AbortController().signal))
    findings.push({ ...(finding as Finding), at: now, thinking: 0 } as Stamped);
  return findings;
}
