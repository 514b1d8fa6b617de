import { expect, test } from "vitest";
import { confidence, DEVELOPMENT, samePlace, shares } from "./confidence.ts";
import type { Ranked } from "./hypotheses.ts";

const ranked = (...all: readonly (readonly [string, number])[]): Ranked[] =>
  all.map(([component, B]) => ({ component, B, H: B, facts: [] }));

test("the margin over the next different place makes the confidence", () => {
  const p = (margin: number) => 1 / (1 + Math.exp(-(-0.89 + 1.65 * margin)));
  const weight = 0.5 + 0.5 * (24 / 30);
  const base = 20 / 26;
  expect(confidence(ranked(["a", 4], ["b", 2]), DEVELOPMENT)).toBeCloseTo(weight * p(2) + (1 - weight) * base);
  expect(confidence(ranked(["a", 4]), DEVELOPMENT)).toBeCloseTo(weight * p(4) + (1 - weight) * base);
  expect(confidence([], DEVELOPMENT)).toBe(0);
});

test("an edge and its own ends are one place", () => {
  expect(samePlace("a->b", "b")).toBe(true);
  expect(samePlace("a", "a->b")).toBe(true);
  expect(samePlace("a->b", "b->c")).toBe(true);
  expect(samePlace("a", "a")).toBe(true);
  expect(samePlace("a", "b")).toBe(false);
  expect(samePlace("a->b", "c")).toBe(false);
  const close = confidence(ranked(["a->b", 3], ["b", 2.9]), DEVELOPMENT);
  expect(close).toBeGreaterThan(confidence(ranked(["a->b", 3], ["c", 2.9]), DEVELOPMENT));
});

test("a tie is not certain, a wide margin nearly is, and it grows in between", () => {
  const at = (margin: number) => confidence(ranked(["a", margin + 1], ["b", 1]), DEVELOPMENT);
  expect(at(0)).toBeLessThan(0.5);
  expect(at(3)).toBeGreaterThan(0.9);
  for (let margin = 0; margin < 4; margin += 0.5) expect(at(margin + 0.5)).toBeGreaterThan(at(margin));
});

test("the others share what is left, by their weight", () => {
  const parts = shares(ranked(["a", 4], ["b", 3], ["c", 2]), 0.8);
  expect(parts[0]).toBe(0.8);
  expect(parts[1]).toBeGreaterThan(parts[2] ?? 1);
  expect(parts.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(1);
});
