import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ask } from "../../faults/adapters/socket.ts";
import { constant } from "../../traffic/load.ts";
import { type Plan, type Planned, planned, requestOf } from "../../traffic/plan.ts";
import { type Bench, EXPORTS, median, openBench, span } from "../testing/bench.ts";

const APP = "otel-sample-app";
const ORDERS = "java-otel-sample-app";
const MINUTES = 60_000;
/** Digests of about 200 ms. */
const SLOW = { DIGEST_ROUNDS: "400000" };

let app: Bench;
let base: Seen;

beforeAll(async () => {
  app = await openBench(APP, ["quiet", "hash"]);
  base = await observe();
}, 12 * MINUTES);
afterAll(() => app?.[Symbol.asyncDispose](), MINUTES);

const checkout = (userId: number) => app.call("/api/checkout", { userId, items: [{ productId: 33, quantity: 2 }] });
const lag = async (): Promise<number> => (await app.meters())["loop.lag_ms"] ?? Number.NaN;

/** What can be observed of a release under a little load. */
interface Seen {
  readonly answers: unknown;
  readonly names: readonly string[];
  /** Of all reading, ms. */
  readonly median: number;
}
async function observe(): Promise<Seen> {
  for (const id of span(1, 100)) await app.call(`/api/products?ids=${id}`);
  app.names.clear();
  const reads = ["/api/products?ids=1,2,33,440", "/api/search?q=oak%20chair", "/api/search?q=lamp%2040cm&userId=3"];
  const took: number[] = [];
  for (const visit of span(1, 150)) took.push((await app.call(reads[visit % 3] ?? "")).ms);
  const said = await Promise.all(reads.map(async (path) => JSON.parse((await app.call(path)).said)));
  for (const answer of said) for (const offer of answer.products) delete offer.available;
  const bought = await checkout(17);
  const { orderId, receipt, seal, ...rest } = JSON.parse(bought.said);
  expect(receipt).toBe(`receipt-${String(orderId).padStart(8, "0")}.txt`);
  expect(seal).toMatch(/^[0-9a-f]{8}$/);
  const statuses = [bought.status, (await checkout(951)).status, (await app.call("/api/users?id=951")).status];
  await sleep(EXPORTS);
  return { answers: { said, rest, statuses }, names: [...app.names].sort(), median: median(took) };
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
    here.push((await app.call("/")).ms);
    orders.push((await app.call("/", undefined, ORDERS)).ms);
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
    const words = await Promise.all(span(1, 20).map(() => app.call("/api/search?q=blanket&userId=3")));
    expect(words.map(({ status }) => status)).toEqual(words.map(() => 200));
    expect(await lag()).toBeLessThan(150);
    const [hard, other] = await Promise.all([app.call(path), sleep(5).then(() => app.call("/api/users?id=3"))]);
    expect([hard.status, other.status]).toEqual([200, 200]);
    expect(hard.ms).toBeGreaterThan(100);
    expect(hard.ms).toBeLessThan(1_500);
    expect(await lag()).toBeGreaterThan(80);
    expect(await ask(app.target.socket(APP), { op: "hello" })).toMatchObject({ ok: true });
  },
  MINUTES,
);

it(
  "quiet differs in nothing",
  async () => {
    await app.to("quiet");
    sameAsBase(await observe());
    expect((await reading()).lag).toBeLessThan(150);
  },
  3 * MINUTES,
);

it(
  "hash stops the event loop at each checkout, so that all routes wait; the orders app does not",
  async () => {
    await app.to("hash", SLOW);
    sameAsBase(await observe());
    const seen = await reading();
    expect(seen.lag).toBeGreaterThan(120);
    expect(seen.here).toBeGreaterThan(150);
    expect(seen.orders).toBeLessThan(100);
    await app.to("base");
    expect((await reading()).lag).toBeLessThan(150);
  },
  3 * MINUTES,
);
