import { expect, test } from "vitest";
import type { ComponentState } from "../investigation.ts";
import { callersOf, impact } from "./impact.ts";
import { type Sketch, treesOf } from "./testing/sketch.ts";

const edges = [{ caller: "front", callee: "orders" }, { caller: "orders", callee: "stock" }, { caller: "stock", callee: "orders" }, { caller: "side", callee: "quotes" }]; // biome-ignore format: a list
const state = (component: string, health: ComponentState["health"]): ComponentState => ({
  component, kind: "service", health, why: "", entry: false, attributes: {},
}); // biome-ignore format: one shape

test("hops are counted against the calls, cycles end", () => {
  expect([...callersOf("stock", edges)]).toEqual([["stock", 0], ["orders", 1], ["front", 2]]); // biome-ignore format: a list
});

test("an edge hurts its caller and whoever waits for that, not its callee", () => {
  expect([...callersOf("orders->stock", edges)]).toEqual([["orders->stock", 0], ["orders", 1], ["front", 2], ["stock", 2]]); // biome-ignore format: a list
  expect(callersOf("side->quotes", edges).has("quotes")).toBe(false);
});

/** Requests to one route: so many well, failed and slow ones. */
const requests = (well: number, failed: number, slow: number) =>
  treesOf(
    ...Array.from({ length: well + failed + slow }, (_, i): Sketch => ({
      id: `r${i}`, of: "front", name: "GET /", from: i * 100, to: i * 100 + (i >= well + failed ? 900 : 10), failed: i >= well && i < well + failed,
    })), // biome-ignore format: one shape
  ).nodes;
const within = { from: 0, to: 60_000 };
const past = { nodes: requests(95, 5, 0), window: within };
const states = [
  state("stock", "failing"),
  state("orders", "degraded"),
  state("front", "healthy"),
  state("side", "failing"),
];

test("what users lost is what failed or was too slow beyond quiet time's share", () => {
  const radius = impact("stock", states, edges, { nodes: requests(100, 60, 40), window: within }, past);
  expect(radius.affected).toEqual([{ component: "stock", hops: 0 }, { component: "orders", hops: 1 }]); // biome-ignore format: a list
  expect(radius.bystanders).toEqual(["front", "side"]);
  expect(radius.routes).toEqual([{ component: "front", route: "GET /", requests: 200, lost: 90, share: 0.45 }]);
  expect(radius).toMatchObject({ lost: 90, lostPerMinute: 90, share: 0.45 });
});

test("chance is no loss, and without requests nothing is NaN", () => {
  expect(impact("stock", states, edges, { nodes: requests(93, 7, 0), window: within }, past).lost).toBe(0);
  const none = { nodes: [], window: within };
  expect(impact(undefined, [], [], none, none)).toEqual({
    affected: [], bystanders: [], routes: [], lost: 0, lostPerMinute: 0, share: 0,
  }); // biome-ignore format: one shape
});
