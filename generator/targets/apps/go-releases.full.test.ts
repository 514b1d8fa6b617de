import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Bench, EXPORTS, median, openBench, span } from "../testing/bench.ts";

const MINUTES = 60_000;
let app: Bench;
let base: Seen;

beforeAll(async () => {
  app = await openBench("go-otel-sample-app", ["quiet", "counters", "lookup"]);
  base = await observe();
}, 12 * MINUTES);
afterAll(() => app?.[Symbol.asyncDispose](), MINUTES);

const sku = (number: number): string => `sku-${String(number).padStart(4, "0")}`;

/** What can be observed of a release under a little load. */
interface Seen {
  /** Of products, of what there is not, and of what is no SKU. */
  readonly answers: unknown;
  readonly names: readonly string[];
  /** Of reading stock, ms. */
  readonly median: number;
}
async function observe(): Promise<Seen> {
  for (const number of span(1, 200)) await app.call(`/api/stock/${sku(number)}`);
  app.names.clear();
  const read: number[] = [];
  const stock: unknown[] = [];
  for (const number of span(1, 200)) {
    const { said, ms } = await app.call(`/api/stock/${sku(number)}`);
    read.push(ms);
    const { sku: of, name, warehouse, packSize, price } = JSON.parse(said);
    stock.push({ of, name, warehouse, packSize, price });
  }
  const odd = ["sku-0000", "sku-9999", "sku-12", "sku-00a1", "sku-+123", "SKU-0001", "x", "sku-000012"];
  const statuses = await Promise.all(odd.map(async (one) => (await app.call(`/api/stock/${one}`)).status));
  const taken = await app.call("/api/stock/reserve", { sku: sku(7), quantity: 2 });
  await sleep(EXPORTS);
  const answers = { stock, statuses, overview: (await app.call("/")).status, taken: taken.status };
  return { answers, names: [...app.names].sort(), median: median(read) };
}
function sameAsBase(seen: Seen): void {
  expect(seen.answers).toEqual(base.answers);
  expect(seen.names).toEqual(base.names);
  expect(seen.median).toBeLessThan(1.5 * base.median + 2);
}
/** Seconds of waiting for a lock and failed answers while thirty users read at a time. */
async function crowd(): Promise<{ waited: number; failed: number; took: number }> {
  const before = (await app.meters())["mutex.wait_s"] ?? Number.NaN;
  const answers = [];
  for (const _ of span(1, 10))
    answers.push(...(await Promise.all(span(1, 30).map((number) => app.call(`/api/stock/${sku(number)}`)))));
  const waited = ((await app.meters())["mutex.wait_s"] ?? Number.NaN) - before;
  const failed = answers.filter(({ status }) => status >= 500).length;
  return { waited, failed, took: median(answers.map(({ ms }) => ms)) };
}

it(
  "base is measured, and its users wait for no lock",
  async () => {
    expect(base.names).toEqual(expect.arrayContaining(["http.server.request.duration", "go.goroutine.count"]));
    const { waited, failed } = await crowd();
    expect(waited).toBeLessThan(1);
    expect(failed).toBe(0);
  },
  MINUTES,
);

it(
  "quiet differs in nothing",
  async () => {
    await app.to("quiet");
    sameAsBase(await observe());
    const { waited, failed } = await crowd();
    expect(waited).toBeLessThan(1);
    expect(failed).toBe(0);
  },
  3 * MINUTES,
);

it(
  "counters makes its users wait for one another, and fails none",
  async () => {
    await app.to("counters");
    const { waited, failed, took } = await crowd();
    expect(failed).toBe(0);
    expect(waited).toBeGreaterThan(5);
    expect(took).toBeGreaterThan(5 * base.median);
  },
  3 * MINUTES,
);

it(
  "lookup fails whoever reads, by its own 500, and nothing else",
  async () => {
    await app.to("lookup");
    expect((await app.call(`/api/stock/${sku(1)}`)).status).toBe(500);
    expect((await app.call("/")).status).toBe(200);
    await app.to("base");
    sameAsBase(await observe());
  },
  4 * MINUTES,
);
