import { expect, test, vi } from "vitest";
import { statistical } from "../agents/statistical.ts";
import { drill } from "./testing/drill.ts";
import type { Trouble } from "./testing/plan.ts";

// A whole drill takes a second alone and ten on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const QUIET: readonly (readonly [name: string, Trouble, seeds: number])[] = [
  ["nothing happens", {}, 12],
  ["three times the users everywhere, carried", { load: { front: 3, orders: 3, stock: 3, quotes: 3 } }, 5],
  ["three times the users of one app, carried", { load: { orders: 3 } }, 5],
  [
    "three times the users, and answers take longer, within capacity",
    { load: { front: 3, orders: 3, stock: 3, quotes: 3 }, slow: { app: "orders", factor: 5 } },
    3,
  ],
];

test.each(QUIET)("no alarm when %s", { timeout: 60_000 }, async (_name, trouble, seeds) => {
  for (let seed = 101; seed < 101 + seeds; seed++) {
    const { findings } = await drill(statistical, { seed, trouble, baseline: 121 + (seed % 7) * 1.3, recovery: 20 });
    expect(findings.map((one) => one.kind)).toEqual(["learned", "all-clear"]);
  }
});

test("what is normal is told after quiet time", async () => {
  const { findings } = await drill(statistical, { seed: 7, watch: 10, recovery: 5 });
  const [learned] = findings;
  if (learned?.kind !== "learned") throw new Error("nothing learnt");
  const java = learned.baseline.components.find((one) => one.component === "java-otel-sample-app");
  // 10 requests a second of its own users and those that the front passes on.
  expect(java?.rate).toBeGreaterThan(14);
  expect(java?.rate).toBeLessThan(18);
  expect(java?.errorShare).toBeGreaterThan(0.015);
  expect(java?.errorShare).toBeLessThan(0.06);
  expect(java?.routes.map((one) => one.route)).toContain("POST /api/orders");
  expect(java?.resources.find((one) => one.name === "workers busy")?.median).toBeLessThan(3);
  expect(learned.baseline.bins).toBeGreaterThanOrEqual(18);
});
