import { describe, expect, test } from "vitest";
import { statistical } from "../agents/statistical.ts";
import { drill } from "./testing/drill.ts";
import type { Trouble } from "./testing/plan.ts";

const spike = { load: { orders: 3 } } as const;
const JAVA = "java-otel-sample-app";
const GO = "go-otel-sample-app";
const QUOTES = "sample-metrics-app";
/** What happens, where and why, and how soon the alarm must come at the median of the seeds, in seconds. */
const CASES: readonly (readonly [name: string, Trouble, component: string, cause: string, within: number])[] = [
  ["workers are held for seconds", { ...spike, hold: { app: "orders", route: "POST /api/orders", share: 0.35, ms: 5000 } }, JAVA, "pool-exhaustion", 12],
  ["records that cannot be priced", { ...spike, reserved: { orders: 0.25 } }, JAVA, "code-error", 20],
  ["the way to the database is slow", { ...spike, ways: { "orders->store": { delay: 100 } } }, `${JAVA}->store`, "network-latency", 20],
  ["the way between two apps is slow", { ways: { "stock->quotes": { delay: 400 } } }, `${GO}->${QUOTES}`, "network-latency", 20],
  ["an app is gone", { down: "stock" }, GO, "unavailable", 15],
  ["connections are reset", { ways: { "front->orders": { reset: 0.4 } } }, `otel-sample-app->${JAVA}`, "network-loss", 25],
  ["a lock that all requests need", { lock: { app: "stock", ms: 80 } }, GO, "lock-contention", 20],
  ["the third party fails", { provider: 0.9 }, "rates-provider", "dependency-down", 20],
  ["one table is locked", { table: { statement: "SELECT price_rules", ms: 700 } }, "store", "lock-contention", 20],
]; // biome-ignore format: a table reads better than a column
const SEEDS = [1, 2, 3];
/** The trouble starts anywhere in a bin. */
const baselineOf = (seed: number) => 122 + seed * 1.7;

describe.each(CASES)("%s", (_name, trouble, component, cause, within) => {
  test(`is ${cause} at ${component}, soon`, { timeout: 60_000 }, async () => {
    const delays: number[] = [];
    for (const seed of SEEDS) {
      const seen = await drill(statistical, { seed, trouble, baseline: baselineOf(seed), recovery: 45 });
      const [alarm] = seen.alarms;
      const last = seen.diagnoses.at(-1);
      expect(seen.alarms.filter((one) => one.at < seen.inForce)).toEqual([]);
      delays.push(((alarm?.at ?? Number.POSITIVE_INFINITY) - seen.inForce) / 1000);
      expect([last?.named, last?.hypotheses[0]?.component, last?.hypotheses[0]?.cause]).toEqual([1, component, cause]);
    }
    expect(delays.sort((a, b) => a - b)[1]).toBeLessThan(within);
  });
});
