import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { operations } from "../../faults/adapters/operations.ts";
import { ask } from "../../faults/adapters/socket.ts";
import type { PlatformEvent } from "../target.ts";
import { type Bench, EXPORTS, median, openBench, span } from "../testing/bench.ts";

const APP = "java-otel-sample-app";
const MINUTES = 60_000;

vi.setConfig({ testTimeout: 5 * MINUTES });
let app: Bench;
let base: Seen;

beforeAll(async () => {
  app = await openBench(APP, ["quiet", "invoice", "session"]);
  base = await observe();
}, 12 * MINUTES);
afterAll(() => app?.[Symbol.asyncDispose](), MINUTES);

/** Places orders of one product at once; resolves with how long each took, ms. */
async function orders(count: number): Promise<number[]> {
  const placed = span(1, count).map((userId) =>
    app.call("/api/orders", { userId, items: [{ productId: 7, quantity: 1 }] }),
  );
  return (await Promise.all(placed)).map(({ status, ms }) => (status === 201 ? ms : Number.NaN));
}
/** Requests of users, some at a time, until `count` or the end of the process; how many were answered well. */
async function visits(count: number, ended: () => boolean = () => false): Promise<number> {
  let well = 0;
  for (let sent = 0; sent < count && !ended(); sent += 10) {
    const batch = span(sent, sent + 9).map((visit) => app.call(`/api/users?id=${1 + (visit % 950)}`));
    for (const answer of await Promise.allSettled(batch))
      if (answer.status === "fulfilled" && answer.value.status === 200) well += 1;
  }
  return well;
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
  for (const visit of span(1, 150)) await app.call(`/api/products?ids=${visit}`);
  await visits(150);
  app.names.clear();
  const read: number[] = [];
  for (const visit of span(1, 200))
    read.push((await app.call(visit % 2 ? `/api/products?ids=${visit}` : `/api/users?id=${visit}`)).ms);
  const list = JSON.parse((await app.call(`/api/products?ids=${span(1, 440)}`)).said) as {
    products: { price: number }[];
  };
  const totals: unknown[] = [];
  for (const quantity of [5, 20]) {
    const items = span(1, 30).map((productId) => ({ productId, quantity }));
    const { total, lines, currency } = JSON.parse((await app.call("/api/orders", { userId: 3, items })).said);
    totals.push({ total, lines, currency });
  }
  const { status } = await app.call("/api/products?ids=481");
  await sleep(EXPORTS);
  return {
    answers: { prices: list.products.map(({ price }) => price), totals, reserved: status },
    names: [...app.names].sort(),
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
  const now = await app.meters();
  expect(now).toMatchObject({ "sessions.views": 200, "workers.held": 0, "invoices.waited": 0 });
  expect(now["heap.live_ratio"]).toBeLessThan(0.5);
  expect(Math.max(...(await orders(10)))).toBeLessThan(2_000);
});

it("quiet differs in nothing", async () => {
  await app.to("quiet");
  sameAsBase(await observe());
  await visits(1_000);
  expect(await app.meters()).toMatchObject({ "sessions.views": 200, "workers.held": 0, "invoices.waited": 0 });
  expect(Math.max(...(await orders(10)))).toBeLessThan(2_000);
});

it("invoice lets a share of the orders wait, each with a worker, and changes nothing else", async () => {
  await app.to("invoice");
  sameAsBase(await observe());
  const before = await app.meters();
  const placing = orders(10);
  await sleep(2_000);
  expect((await app.meters())["workers.held"]).toBeGreaterThanOrEqual(6);
  const took = await placing;
  expect(took.filter((ms) => ms > 4_900 && ms < 6_500).length).toBeOneOf([6, 7, 8]);
  expect(took.filter((ms) => ms < 2_000).length).toBeOneOf([2, 3, 4]);
  const after = await app.meters();
  expect((after["invoices.waited"] ?? 0) - (before["invoices.waited"] ?? 0)).toBeOneOf([6, 7, 8]);
  expect(after["sessions.views"]).toBe(200);
  await app.to("invoice", { INVOICE_SHARE: "0.2" });
  expect((await orders(10)).filter((ms) => ms > 4_900).length).toBe(2);
});

it("session keeps a view of every visit until the heap is full, and changes nothing else", async () => {
  const ended: PlatformEvent[] = [];
  const watched = new AbortController();
  const since = Date.now();
  void (async () => {
    for await (const event of app.target.platform(watched.signal)) if (event.reason === "exited") ended.push(event);
  })();
  const outOfMemory = (): boolean => ended.some(({ at, code }) => at > since && code === 3);
  await app.to("session", { SESSION_BYTES: "16384" });
  sameAsBase(await observe());
  await app.to("session", { SESSION_BYTES: "262144" });
  let last = await app.meters();
  let well = 0;
  while (!outOfMemory() && well < 1_500) {
    well += await visits(20, outOfMemory);
    last = await app.meters().catch(() => last);
  }
  watched.abort();
  expect(outOfMemory()).toBe(true);
  // the limit of 247 MiB, less what lives anyway, over a quarter MiB each
  expect(well).toBeGreaterThan(500);
  expect(well).toBeLessThan(1_000);
  expect(last["heap.live_ratio"]).toBeGreaterThan(0.8);
  expect(last["gc.time_s"]).toBeGreaterThan(2);
  await sleep(1_000);
  await app.ready("session");
  expect((await operations(app.target.operations).state()).services[APP]?.restarts).toBeGreaterThan(0);
});

it("base keeps what is asked for while the key stands", async () => {
  await app.to("base");
  const socket = app.target.socket(APP);
  const set = (key: string, value: number) => ask(socket, { op: "set", key, value, ttlMs: 60_000, token: "t1" });
  await visits(200);
  expect(await set("session.retain", 262_144)).toMatchObject({ ok: true });
  await visits(100);
  expect((await app.meters())["sessions.views"]).toBe(300);
  await set("session.retain", 0);
  await visits(100);
  expect((await app.meters())["sessions.views"]).toBe(300);
  await ask(socket, { op: "clear", token: "t1" });
  expect((await app.meters())["sessions.views"]).toBe(200);
  expect(await set("report.live_ratio", 0.5)).toMatchObject({ ok: false });
});
