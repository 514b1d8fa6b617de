import fc from "fast-check";
import { expect, test } from "vitest";
import { quantile, ranks, robust, score, sorted, spearman, strength } from "./robust.ts";

test("quantiles lie between order statistics", () => {
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  expect(quantile([1, 2, 3, 4], 0)).toBe(1);
  expect(quantile([1, 2, 3, 4], 1)).toBe(4);
  expect(quantile([], 0.5)).toBe(0);
});

test("the scale is the largest of its estimators", () => {
  // MAD of 1..9 is 2, quartile distance 4, 5-95 % distance 7.2.
  expect(robust([1, 2, 3, 4, 5, 6, 7, 8, 9], 0)).toEqual({ middle: 5, scale: 2 * 1.4826, n: 9 });
  // More than half equal: MAD and quartiles are 0, the tails are not.
  expect(robust([0, 0, 0, 0, 0, 0, 0, 0, 0, 10], 0).scale).toBeCloseTo(5.5 / 3.29);
});

test("floor and share of the level keep a constant history from a tiny scale", () => {
  expect(robust([100, 100, 100], 2)).toEqual({ middle: 100, scale: 2, n: 3 });
  expect(robust([100, 100, 100], 2, 0.05).scale).toBe(5);
});

test("scores are signed so that bad is positive, and clamped", () => {
  const normal = { middle: 10, scale: 2, n: 9 };
  expect(score(14, normal)).toBe(2);
  expect(score(14, normal, "down")).toBe(-2);
  expect(score(6, normal, "both")).toBe(2);
  expect(score(1e9, normal)).toBe(1000);
  expect(score(Number.NaN, normal)).toBe(0);
});

test("scaling values and floor together leaves every score", () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(values, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (series, k) => {
      const plain = score(7, robust(series, 0.5, 0.05));
      const scaled = score(7 * k, robust(series.map((value) => value * k), 0.5 * k, 0.05)); // biome-ignore format: one line
      expect(scaled).toBeCloseTo(plain, 6);
    }),
  );
});

test("nothing is NaN or infinite, whatever the series", () => {
  const wild = fc.array(fc.double(), { maxLength: 30 });
  fc.assert(
    fc.property(wild, fc.double(), (series, x) => {
      const normal = robust(series, 0);
      expect(normal.scale).toBeGreaterThan(0);
      expect(Number.isNaN(score(x, normal))).toBe(false);
      expect(Math.abs(score(x, normal))).toBeLessThanOrEqual(1000);
    }),
  );
  expect([...sorted([3, Number.NaN, 1, Number.POSITIVE_INFINITY, 1e308])]).toEqual([1, 3]);
  expect(score(1e308, robust([-1e308, 1, 2], 0))).toBe(0);
});

test("strength grows with the logarithm and ends at 4", () => {
  expect(strength(-1)).toBe(0);
  expect(strength(2)).toBeCloseTo(Math.log(2));
  expect(strength(1e9)).toBe(4);
});

test("ranks share ties, and their correlation knows only order", () => {
  expect([...ranks([10, 20, 20, 30])]).toEqual([1, 2.5, 2.5, 4]);
  expect(spearman([1, 2, 3, 4], [1, 8, 27, 64])).toBeCloseTo(1);
  expect(spearman([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1);
  expect(spearman([1, 1, 1], [1, 2, 3])).toBe(0);
});
