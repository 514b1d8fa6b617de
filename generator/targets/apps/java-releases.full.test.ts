import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { operations } from "../../faults/adapters/operations.ts";
import { ask } from "../../faults/adapters/socket.ts";
import { local } from "../local.ts";
import type { PlatformEvent, RunningTarget } from "../target.ts";

const APP = "java-otel-sample-app";
const MINUTES = 60_000;
/** Two exports of metrics. */
const EXPORTS = 12_000;
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

vi.setConfig({ testTimeout: 5 * MINUTES });
let target: RunningTarget;
let base: Seen;

beforeAll(async () => {
  await once(sink.listen(0, "127.0.0.1"), "listening");
  const { port } = sink.address() as AddressInfo;
  target = await local.start(
    {
      apps: [APP],
      releases: ["quiet", "invoice", "session"].map((release) => ({ app: APP, release })),
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
  const { roll } = operations(target.operations);
  await roll({
    service: APP,
    to: { release, settings },
    strategy: "recreate",
    change: { kind: "deploy", summary: "dependency updates" },
  });
  await ready(release);
  expect(await ask(target.socket(APP), { op: "hello" })).toMatchObject({ ok: true, release });
}

async function ready(release: string): Promise<void> {
  const { state } = operations(target.operations);
  for (let look = 0; look < 240; look++) {
    const now = (await state()).services[APP];
    if (now?.release === release && now.ready && !now.busy) return;
    await sleep(250);
  }
  throw new Error(`${release} did not get ready`);
}

async function call(path: string, body?: object) {
  const began = performance.now();
  const response = await fetch(new URL(path, target.fronts.get(APP)), {
    signal: AbortSignal.timeout(20_000),
    ...(body && { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const said = await response.text();
  return { status: response.status, said, ms: performance.now() - began };
}
/** Places orders of one product at once; resolves with how long each took, ms. */
async function orders(count: number): Promise<number[]> {
  const placed = span(1, count).map((userId) =>
    call("/api/orders", { userId, items: [{ productId: 7, quantity: 1 }] }),
  );
  return (await Promise.all(placed)).map(({ status, ms }) => (status === 201 ? ms : Number.NaN));
}
/** Requests of users, some at a time, until `count` or the end of the process; how many were answered well. */
async function visits(count: number, ended: () => boolean = () => false): Promise<number> {
  let well = 0;
  for (let sent = 0; sent < count && !ended(); sent += 10) {
    const batch = span(sent, sent + 9).map((visit) => call(`/api/users?id=${1 + (visit % 950)}`));
    for (const answer of await Promise.allSettled(batch))
      if (answer.status === "fulfilled" && answer.value.status === 200) well += 1;
  }
  return well;
}
async function meters(): Promise<Record<string, number>> {
  const { meters: read } = (await ask(target.socket(APP), { op: "meters" })) as { meters: Record<string, number> };
  return read;
}

/** What can be observed of a release under a little load. */
interface Seen {
  /** Prices, discounts and rounded totals; an order of quantity 5 or 20 has them in half cents. */
  readonly answers: unknown;
  readonly names: readonly string[];
  /** Of reading products and users, ms. */
  readonly median: number;
}
async function observe(): Promise<Seen> {
  for (const visit of span(1, 150)) await call(`/api/products?ids=${visit}`);
  await visits(150);
  names.clear();
  const read: number[] = [];
  for (const visit of span(1, 200))
    read.push((await call(visit % 2 ? `/api/products?ids=${visit}` : `/api/users?id=${visit}`)).ms);
  const list = JSON.parse((await call(`/api/products?ids=${span(1, 440)}`)).said) as { products: { price: number }[] };
  const totals: unknown[] = [];
  for (const quantity of [5, 20]) {
    const items = span(1, 30).map((productId) => ({ productId, quantity }));
    const { total, lines, currency } = JSON.parse((await call("/api/orders", { userId: 3, items })).said);
    totals.push({ total, lines, currency });
  }
  const { status } = await call("/api/products?ids=481");
  await sleep(EXPORTS);
  return {
    answers: { prices: list.products.map(({ price }) => price), totals, reserved: status },
    names: [...names].sort(),
    median: median(read),
  };
}
function sameAsBase(seen: Seen): void {
  expect(seen.answers).toEqual(base.answers);
  expect(seen.names).toEqual(base.names);
  expect(seen.median).toBeLessThan(1.5 * base.median + 2);
}

it("base is measured, and keeps little of its users", async () => {
  expect(base.names).toEqual(expect.arrayContaining(["jvm.memory.used", "http.server.request.duration", "enduser.id"]));
  expect(await visits(1_500)).toBe(1_500);
  const now = await meters();
  expect(now).toMatchObject({ "sessions.views": 200, "workers.held": 0, "invoices.waited": 0 });
  expect(now["heap.live_ratio"]).toBeLessThan(0.5);
  expect(Math.max(...(await orders(10)))).toBeLessThan(2_000);
});

it("quiet differs in nothing", async () => {
  await to("quiet");
  sameAsBase(await observe());
  await visits(1_000);
  expect(await meters()).toMatchObject({ "sessions.views": 200, "workers.held": 0, "invoices.waited": 0 });
  expect(Math.max(...(await orders(10)))).toBeLessThan(2_000);
});

it("invoice lets a share of the orders wait, each with a worker, and changes nothing else", async () => {
  await to("invoice");
  sameAsBase(await observe());
  const before = await meters();
  const placing = orders(10);
  await sleep(2_000);
  expect((await meters())["workers.held"]).toBeGreaterThanOrEqual(6);
  const took = await placing;
  expect(took.filter((ms) => ms > 4_900 && ms < 6_500).length).toBeOneOf([6, 7, 8]);
  expect(took.filter((ms) => ms < 2_000).length).toBeOneOf([2, 3, 4]);
  const after = await meters();
  expect((after["invoices.waited"] ?? 0) - (before["invoices.waited"] ?? 0)).toBeOneOf([6, 7, 8]);
  expect(after["sessions.views"]).toBe(200);
  await to("invoice", { INVOICE_SHARE: "0.2" });
  expect((await orders(10)).filter((ms) => ms > 4_900).length).toBe(2);
});

it("session keeps a view of every visit until the heap is full, and changes nothing else", async () => {
  const ended: PlatformEvent[] = [];
  const watched = new AbortController();
  const since = Date.now();
  void (async () => {
    for await (const event of target.platform(watched.signal)) if (event.reason === "exited") ended.push(event);
  })();
  const outOfMemory = (): boolean => ended.some(({ at, code }) => at > since && code === 3);
  await to("session", { SESSION_BYTES: "16384" });
  sameAsBase(await observe());
  await to("session", { SESSION_BYTES: "262144" });
  let last = await meters();
  let well = 0;
  while (!outOfMemory() && well < 1_500) {
    well += await visits(20, outOfMemory);
    last = await meters().catch(() => last);
  }
  watched.abort();
  expect(outOfMemory()).toBe(true);
  // the limit of 247 MiB, less what lives anyway, over a quarter MiB each
  expect(well).toBeGreaterThan(500);
  expect(well).toBeLessThan(1_000);
  expect(last["heap.live_ratio"]).toBeGreaterThan(0.8);
  expect(last["gc.time_s"]).toBeGreaterThan(2);
  await sleep(1_000);
  await ready("session");
  expect((await operations(target.operations).state()).services[APP]?.restarts).toBeGreaterThan(0);
});

it("base keeps what is asked for while the key stands", async () => {
  await to("base");
  const socket = target.socket(APP);
  const set = (key: string, value: number) => ask(socket, { op: "set", key, value, ttlMs: 60_000, token: "t1" });
  await visits(200);
  expect(await set("session.retain", 262_144)).toMatchObject({ ok: true });
  await visits(100);
  expect((await meters())["sessions.views"]).toBe(300);
  await set("session.retain", 0);
  await visits(100);
  expect((await meters())["sessions.views"]).toBe(300);
  await ask(socket, { op: "clear", token: "t1" });
  expect((await meters())["sessions.views"]).toBe(200);
  expect(await set("report.live_ratio", 0.5)).toMatchObject({ ok: false });
});
