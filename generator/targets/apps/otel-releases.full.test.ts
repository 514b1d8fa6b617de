import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { operations } from "../../faults/adapters/operations.ts";
import { ask } from "../../faults/adapters/socket.ts";
import { constant } from "../../traffic/load.ts";
import { type Plan, type Planned, planned, requestOf } from "../../traffic/plan.ts";
import { local } from "../local.ts";
import type { AppId, RunningTarget } from "../target.ts";

const APP = "otel-sample-app";
const ORDERS = "java-otel-sample-app";
const MINUTES = 60_000;
/** Two exports of metrics. */
const EXPORTS = 12_000;
/** Digests of about 200 ms. */
const SLOW = { DIGEST_ROUNDS: "400000" };
const span = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** Names of metrics, attributes and scopes that the app has sent. */
const names = new Set<string>();
const sink = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString("latin1");
  if (body.includes(APP)) for (const [name] of body.matchAll(/[a-z][a-z0-9_]{3,}(?:\.[a-z0-9_]+)+/g)) names.add(name);
  response.end();
});

let target: RunningTarget;
let base: Seen;

beforeAll(async () => {
  await once(sink.listen(0, "127.0.0.1"), "listening");
  const { port } = sink.address() as AddressInfo;
  target = await local.start(
    {
      apps: [APP],
      releases: ["quiet", "hash"].map((release) => ({ app: APP, release })),
      telemetry: { url: `http://127.0.0.1:${port}`, protocol: "http/protobuf" },
      random: Math.random,
      cache: join(homedir(), ".cache", "sample-apps"),
      own: async () => undefined,
      progress: () => undefined,
    },
    AbortSignal.timeout(10 * MINUTES),
  );
  base = await observe();
}, 12 * MINUTES);
afterAll(async () => {
  await target?.[Symbol.asyncDispose]();
  sink.close();
}, MINUTES);

/** Rolls the app and waits until the new instance is ready. */
async function to(release: string, settings: Readonly<Record<string, string>> = {}): Promise<void> {
  const { roll, state } = operations(target.operations);
  const change = { kind: "deploy", summary: "dependency updates" } as const;
  await roll({ service: APP, to: { release, settings }, strategy: "recreate", change });
  for (let look = 0; look < 120; look++) {
    const now = (await state()).services[APP];
    if (now?.release === release && now.ready && !now.busy) break;
    await sleep(250);
  }
  expect(await ask(target.socket(APP), { op: "hello" })).toMatchObject({ ok: true, release });
}

async function call(path: string, body?: object, app: AppId = APP) {
  const began = performance.now();
  const response = await fetch(new URL(path, target.fronts.get(app)), {
    signal: AbortSignal.timeout(20_000),
    ...(body && { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const said = await response.text();
  return { status: response.status, said, ms: performance.now() - began };
}
const checkout = (userId: number) => call("/api/checkout", { userId, items: [{ productId: 33, quantity: 2 }] });
async function lag(): Promise<number> {
  const { meters } = (await ask(target.socket(APP), { op: "meters" })) as { meters: Record<string, number> };
  return meters["loop.lag_ms"] ?? Number.NaN;
}

/** What can be observed of a release under a little load. */
interface Seen {
  readonly answers: unknown;
  readonly names: readonly string[];
  /** Of all reading, ms. */
  readonly median: number;
}
async function observe(): Promise<Seen> {
  for (const id of span(1, 100)) await call(`/api/products?ids=${id}`);
  names.clear();
  const reads = ["/api/products?ids=1,2,33,440", "/api/search?q=oak%20chair", "/api/search?q=lamp%2040cm&userId=3"];
  const took: number[] = [];
  for (const visit of span(1, 150)) took.push((await call(reads[visit % 3] ?? "")).ms);
  const said = await Promise.all(reads.map(async (path) => JSON.parse((await call(path)).said)));
  for (const answer of said) for (const offer of answer.products) delete offer.available;
  const bought = await checkout(17);
  const { orderId, receipt, seal, ...rest } = JSON.parse(bought.said);
  expect(receipt).toBe(`receipt-${String(orderId).padStart(8, "0")}.txt`);
  expect(seal).toMatch(/^[0-9a-f]{8}$/);
  const statuses = [bought.status, (await checkout(951)).status, (await call("/api/users?id=951")).status];
  await sleep(EXPORTS);
  return { answers: { said, rest, statuses }, names: [...names].sort(), median: median(took) };
}
function sameAsBase(seen: Seen): void {
  expect(seen.answers).toEqual(base.answers);
  expect(seen.names).toEqual(base.names);
  expect(seen.median).toBeLessThan(1.5 * base.median + 5);
}
/** How long reading takes, here and at the orders app, while customers check out; ms. */
async function reading(): Promise<{ here: number; orders: number; lag: number }> {
  const buying = Promise.all(span(1, 15).map((userId) => checkout(userId)));
  const [here, orders]: [number[], number[]] = [[], []];
  for (let left = true; left; ) {
    here.push((await call("/")).ms);
    orders.push((await call("/", undefined, ORDERS)).ms);
    left = await Promise.race([buying.then(() => false), sleep(20, true)]);
  }
  expect((await buying).map(({ status }) => status)).toEqual(span(1, 15).map(() => 201));
  return { here: Math.max(...here), orders: median(orders), lag: await lag() };
}

it(
  "base is measured, and does not stop its event loop",
  async () => {
    const always = ["asyncio.loop.lag", "http.server.request.duration", "enduser.id"];
    expect(base.names).toEqual(expect.arrayContaining(always));
    expect((await reading()).lag).toBeLessThan(150);
  },
  MINUTES,
);

it(
  "base takes long to read one customer's text, and everyone waits; for words it does not",
  async () => {
    const phases = [{ lasts: 60_000, load: constant(10), reserved: 0, poison: 0.5 }];
    const plan: Plan = { streams: [{ app: APP, url: "", phases }], seed: 1, arrivals: "uniform", timeout: 5_000 };
    const path = requestOf(plan, planned(plan).find(({ poison }) => poison) as Planned).path;
    await sleep(2_500);
    const words = await Promise.all(span(1, 20).map(() => call("/api/search?q=blanket&userId=3")));
    expect(words.map(({ status }) => status)).toEqual(words.map(() => 200));
    expect(await lag()).toBeLessThan(150);
    const [hard, other] = await Promise.all([call(path), sleep(5).then(() => call("/api/users?id=3"))]);
    expect([hard.status, other.status]).toEqual([200, 200]);
    expect(hard.ms).toBeGreaterThan(100);
    expect(hard.ms).toBeLessThan(1_500);
    expect(await lag()).toBeGreaterThan(80);
    expect(await ask(target.socket(APP), { op: "hello" })).toMatchObject({ ok: true });
  },
  MINUTES,
);

it(
  "quiet differs in nothing",
  async () => {
    await to("quiet");
    sameAsBase(await observe());
    expect((await reading()).lag).toBeLessThan(150);
  },
  3 * MINUTES,
);

it(
  "hash stops the event loop at each checkout, so that all routes wait; the orders app does not",
  async () => {
    await to("hash", SLOW);
    sameAsBase(await observe());
    const seen = await reading();
    expect(seen.lag).toBeGreaterThan(120);
    expect(seen.here).toBeGreaterThan(150);
    expect(seen.orders).toBeLessThan(100);
    await to("base");
    expect((await reading()).lag).toBeLessThan(150);
  },
  3 * MINUTES,
);
