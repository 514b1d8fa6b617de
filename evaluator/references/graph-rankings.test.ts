import { expect, test } from "vitest";
import { rankedCorrelation, significance } from "./ranked-correlation.ts";
import { smoothTraversal } from "./smooth-traversal.ts";

const WAVE = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const NAMES = ["front", "cart", "search", "store", "island"];
const normal = new Map(NAMES.map((name) => [name, WAVE] as const));
const edges = [
  { caller: "front", callee: "cart" },
  { caller: "front", callee: "search" },
  { caller: "cart", callee: "store" },
  { caller: "store", callee: "store" },
];
const at = (values: Readonly<Record<string, number>>) => new Map(Object.entries(values));

test("smooth traversal: how much worse than its worst callee, a leaf by its own deviation, only what can be reached", () => {
  const now = at({ front: 90, cart: 96, search: 6, store: 60, island: 999 });
  // cart: 96 - 60, store: 60 - 6.5, front: less than cart; in standard deviations of the wave, which are all the same.
  expect(smoothTraversal({ target: "front", edges, normal, now })).toEqual([["store"], ["cart"], ["search"]]);
});

test("smooth traversal knows nothing of what was measured too little", () => {
  const little = new Map([["front", [1, 2, 3]]]);
  expect(smoothTraversal({ target: "front", edges, normal: little, now: at({ front: 90 }) })).toEqual([]);
});

test("p of Pearson's correlation", () => {
  // r = 0.8 at n = 5: t = 2.309 with 3 degrees of freedom.
  expect(significance([1, 2, 3, 4, 5], [1, 3, 2, 5, 4])).toBeCloseTo(0.1041, 4);
  expect(significance([1, 2, 3], [2, 4, 6])).toBe(0);
  expect(significance([1, 1, 1], [2, 4, 6])).toBe(1);
  expect(significance([1, Number.NaN, 3], [2, 4, 6])).toBe(1);
});

test("ranked correlation: what deviates at the alarm, by p, without the target, three at most", () => {
  const incident = new Map([
    ["front", [6, 6, 90, 95, 91]],
    ["cart", [6, 6, 90, 94, 92]],
    ["search", [6, 7, 80, 6, 6]],
    ["store", [6, 6, 7, 6, 7]],
  ]);
  expect(rankedCorrelation({ target: "front", normal, incident, row: 2 })).toEqual([["cart"], ["search"]]);
});
