import { expect, test } from "vitest";
import { beyond, discoveries, pOf } from "./significance.ts";

test("the normal tail is the known one", () => {
  expect(beyond(0)).toBeCloseTo(1, 6);
  expect(beyond(1.959964)).toBeCloseTo(0.05, 6);
  expect(beyond(-3.290527)).toBeCloseTo(0.001, 6);
});

test("a correlation is as likely as Student's t says", () => {
  // n = 12: the two-sided 5 % point of r is .576, n = 30: .361.
  expect(pOf(0.576, 12)).toBeCloseTo(0.05, 3);
  expect(pOf(0.361, 30)).toBeCloseTo(0.05, 3);
  expect(pOf(1, 12)).toBeLessThan(1e-6);
  expect(pOf(0.9, 3)).toBe(1);
});

test("Benjamini and Hochberg take the largest that stays below its line", () => {
  expect(discoveries([0.01, 0.04, 0.03, 0.9], 0.1)).toEqual([true, true, true, false]);
  expect(discoveries([0.2, 0.5], 0.1)).toEqual([false, false]);
  expect(discoveries([], 0.1)).toEqual([]);
});
