import { expect, test } from "vitest";
import { deviation, ERRORS, LATENCY, suspects } from "./fleet.ts";
import type { Deviation, FlowEdge } from "./flow.ts";

const history = [0.1, 0.1, 0.1, 0.1];
const watched = { now: 0.3, before: 0.1, history, requests: 200 };

test("the deviation is the smaller of those from history and from before the alarm", () => {
  expect(deviation(watched, LATENCY)?.excess).toBeCloseTo(0.2, 12);
  expect(deviation({ ...watched, before: 0.25 }, LATENCY)?.excess).toBeCloseTo(0.05, 12);
  // The scale is 5 % of the level: (0.3 - 0.1) / 0.005.
  expect(deviation(watched, LATENCY)?.z).toBeCloseTo(40, 9);
});

test("without history the level before the alarm is enough; with neither nothing is said", () => {
  expect(deviation({ ...watched, history: [] }, ERRORS)).toEqual({ excess: 0.3 - 0.1, requests: 200, z: 1000 });
  expect(deviation({ ...watched, history: [], before: Number.NaN }, ERRORS)).toBeUndefined();
  expect(deviation({ ...watched, now: Number.NaN }, ERRORS)).toBeUndefined();
  expect(deviation({ ...watched, requests: Number.NaN }, ERRORS)).toBeUndefined();
});

test("who has excess of its own comes first, then whose excess its callees explain, the rest is no suspect", () => {
  const edges: readonly FlowEdge[] = [
    { caller: "front", callee: "cart", sync: true },
    { caller: "cart", callee: "store", sync: true },
  ];
  const one = (excess: number): Deviation => ({ excess, requests: 100, z: 9 });
  const seen = new Map([
    ["front", one(0.3)],
    ["cart", one(0.3)],
    ["store", one(0.4)],
    ["search", one(0)],
  ]);
  expect(suspects(edges, seen)).toEqual(["store", "cart", "front"]);
  expect(suspects([], seen)).toEqual(["store", "cart", "front"]);
  expect(suspects(edges, new Map([...seen, ["store", one(0.1)]]))).toEqual(["cart", "store", "front"]);
});
