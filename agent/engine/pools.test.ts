import { expect, test } from "vitest";
import { CATALOGUE, toEngine } from "./catalogue.ts";
import { isExhausted, type Level, type Pool } from "./resources.ts";

const resource = CATALOGUE[0];
if (!resource) throw new Error("an empty catalogue");
const level = (now: number, z: number, before = 0): Level => ({
  track: { component: "a", resource, metric: "m", bins: [], values: [] }, now, before, z, values: [now],
}); // biome-ignore format: one shape
const pool = (more: Partial<Pool>): Pool => ({
  component: "a", group: "workers", used: level(16, 10), limit: 16, pending: undefined, wait: undefined, ...more,
}); // biome-ignore format: one shape

test.each<[boolean, string, Partial<Pool>]>([
  [true, "full and somebody waits", { pending: level(3, 3) }],
  [true, "full and the wait is long", { wait: level(0.9, 40) }],
  [true, "full, and nothing tells of waiting", {}],
  [false, "full, and nobody waits", { pending: level(0, 0), wait: level(0.001, 0) }],
  [false, "half used, whoever waits", { used: level(8, 5), pending: level(3, 3) }],
  [true, "no limit known, much used and a clear wait", { limit: undefined, pending: level(9, 9) }],
  [false, "no limit known and as much used as ever", { limit: undefined, used: level(5, 0), pending: level(9, 9) }],
  [true, "all descriptors are open", { group: "files", used: level(1000, 50), limit: 1024 }],
  [false, "some descriptors are open", { group: "files", used: level(900, 50), limit: 1024 }],
])("exhausted: %s when %s", (expected, _when, more) => {
  expect(isExhausted(pool(more))).toBe(expected);
});

test("units are read, never guessed", () => {
  expect(toEngine("ms")).toBe(0.001);
  expect(toEngine("s")).toBe(1);
  expect(toEngine("KiBy")).toBe(1024);
  expect(toEngine("%")).toBe(0.01);
  expect(toEngine("{thread}")).toBe(1);
});

test("every name is read for one purpose, and every pool has its own group", () => {
  const names = CATALOGUE.map((one) => one.name);
  expect(new Set(names).size).toBe(names.length);
  for (const one of CATALOGUE.filter((entry) => entry.role === "limit"))
    expect(CATALOGUE.some((other) => other.group === one.group && other.role === "used")).toBe(true);
});
