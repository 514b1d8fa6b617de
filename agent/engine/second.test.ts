import { expect, test } from "vitest";
import { type Fact, type Scored, scored } from "./evidence.ts";
import { weigh } from "./hypotheses.ts";
import { reaches, secondFault } from "./second.ts";

const edges = [{ caller: "front", callee: "orders" }, { caller: "orders", callee: "store" }, { caller: "orders", callee: "stock" }, { caller: "stock", callee: "orders" }]; // biome-ignore format: a list
const fact = (component: string, channel: Scored["channel"], name: Fact, e: number): Scored =>
  scored(channel, name, component, e, { signal: "log", claim: name, query: { ask: "logs" } }, e);
const second = (...facts: Scored[]) => secondFault(weigh(facts), facts, edges)?.component;
const slowStore = [fact("orders->store", "N", "gap", 3), fact("orders->store", "P", "pool-wait", 2)];

test("calls lead down, an edge is entered by its caller and left by its callee", () => {
  expect(reaches("front", "store", edges)).toBe(true);
  expect(reaches("store", "front", edges)).toBe(false);
  expect(reaches("front", "orders->store", edges)).toBe(true);
  expect(reaches("orders->store", "stock", edges)).toBe(false);
  expect(reaches("stock", "nowhere", edges)).toBe(false);
});

test("a fault that the first cannot explain is a second one", () => {
  expect(second(...slowStore, fact("quotes", "R", "own-errors", 1.2), fact("quotes", "G", "new-template", 1.1))).toBe(
    "quotes",
  );
});

test("a caller that suffers is none, nor one known by its words alone, nor one without a cause", () => {
  expect(
    second(...slowStore, fact("front", "R", "own-errors", 1.2), fact("front", "G", "new-template", 1.1)),
  ).toBeUndefined();
  expect(second(...slowStore, fact("quotes", "G", "new-template", 3))).toBeUndefined();
  expect(
    second(...slowStore, fact("quotes", "C", "stall", 1.2), fact("quotes", "G", "new-template", 1.1)),
  ).toBeUndefined();
  expect(second(...slowStore)).toBeUndefined();
});

test("a caller with strong evidence of its own in two channels is one", () => {
  const heavy = [fact("orders->store", "N", "gap", 4), fact("orders->store", "P", "pool-wait", 4)];
  expect(second(...heavy, fact("front", "C", "cpu-up", 3), fact("front", "L", "slow", 3))).toBe("front");
  expect(second(...heavy, fact("front", "C", "cpu-up", 1.5), fact("front", "L", "slow", 1.5))).toBeUndefined();
});
