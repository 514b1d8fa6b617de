import { expect, test } from "vitest";
import { addSpans, BIN, closeBins, emptyRollup, isFailed, SPAN_DELAY } from "./bins.ts";
import { spanOf } from "./testing/sketch.ts";

const server = (id: string, to: number, parent?: string) =>
  spanOf({ id, of: "a", from: to - 10, to, ...(parent === undefined ? {} : { parent }) });

test("a bin closes when its spans have had time to arrive, and once", () => {
  const rollup = emptyRollup();
  addSpans(rollup, [server("1", 1000), server("2", BIN + 1)]);
  expect(closeBins(rollup, BIN + SPAN_DELAY - 1)).toEqual([]);
  expect(closeBins(rollup, BIN + SPAN_DELAY)).toEqual([0]);
  expect(closeBins(rollup, BIN + SPAN_DELAY)).toEqual([]);
  expect(rollup.all.get(0)?.get("a")?.count).toBe(1);
  expect(rollup.all.has(1)).toBe(false);
});

test("late spans still count in their bin", () => {
  const rollup = emptyRollup();
  addSpans(rollup, [server("1", 1000)]);
  closeBins(rollup, 3 * BIN);
  addSpans(rollup, [server("2", 1500)]);
  expect(rollup.all.get(0)?.get("a")?.count).toBe(2);
});

test("users' requests are those that no other component sent, in whatever order spans arrive", () => {
  const rollup = emptyRollup();
  addSpans(rollup, [server("in", 1000, "call"), server("user", 1000, "unexported")]);
  addSpans(rollup, [spanOf({ id: "call", of: "b", kind: "client", from: 980, to: 1001 })]);
  closeBins(rollup, 3 * BIN);
  expect(rollup.all.get(0)?.get("a")?.count).toBe(2);
  expect(rollup.users.get(0)?.get("a")?.count).toBe(1);
});

test("5xx, 408 and 429 fail a request, other 4xx do not", () => {
  const fails = (status: number, failed = false, kind: "server" | "client" = "server") =>
    isFailed(spanOf({ id: "1", of: "a", kind, from: 0, to: 1, status, failed }));
  expect([500, 503, 408, 429].map((status) => fails(status))).toEqual([true, true, true, true]);
  expect([200, 404].map((status) => fails(status))).toEqual([false, false]);
  expect(fails(200, true)).toBe(true);
  // The SDKs mark every 4xx of a client as an error.
  expect(fails(404, true, "client")).toBe(false);
});
