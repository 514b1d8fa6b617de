import { expect, test } from "vitest";
import type { StreamNorm } from "./baseline.ts";
import type { Cell } from "./bins.ts";
import { objectiveBroken, surge } from "./surge.ts";

const cell = (count: number): Cell => ({ count, failed: 0, seconds: 0, statuses: new Map(), routes: new Map() });
const norms = new Map([["a", { rate: { middle: 50, scale: 7, n: 24 } } as StreamNorm], ["b", { rate: { middle: 80, scale: 9, n: 24 } } as StreamNorm]]); // biome-ignore format: a list

test("twice the users are a surge, and every component knows its own share of it", () => {
  const found = surge(new Map([["a", cell(150)]]), new Map([["a", cell(150)], ["b", cell(120)]]), norms, norms); // biome-ignore format: one line
  expect(found).toMatchObject({ ratio: 3, entry: "a" });
  expect([...(found?.ratios ?? [])]).toEqual([["a", 3], ["b", 1.5]]); // biome-ignore format: a list
});

test("fewer are none, and calls between components are none", () => {
  expect(surge(new Map([["a", cell(99)]]), new Map(), norms, norms)).toBeUndefined();
  expect(surge(new Map(), new Map([["b", cell(500)]]), norms, norms)).toBeUndefined();
});

test("users are hurt when one in twenty waits beyond the objective", () => {
  const waits = (long: number, seconds: number) => [
    ...Array.from({ length: 100 - long }, () => 0.02),
    ...Array.from({ length: long }, () => seconds),
  ];
  expect(objectiveBroken(waits(5, 1.5), 0.1)).toBe(true);
  expect(objectiveBroken(waits(4, 1.5), 0.1)).toBe(false);
  expect(objectiveBroken(waits(5, 1.5), 0.8)).toBe(false);
  expect(objectiveBroken([], 0.1)).toBe(false);
});
