import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atLeast } from "./binomial.ts";
import { chanceAt } from "./chance.ts";
import { kaplanMeier, medianInterval } from "./kaplan-meier.ts";
import { expectedHits, expectedReciprocalRank } from "./ties.ts";

describe("a blind draw", () => {
  it.each([
    [1, 42, 1, 0.0238],
    [3, 42, 1, 0.0714],
    [5, 42, 1, 0.119],
    [1, 6, 2, 0.3333],
    [3, 6, 2, 0.5],
    [9, 6, 2, 1],
    [1, 0, 1, 0],
  ])("of the first %d of %d components with %d causes is worth %d", (k, m, v, expected) => {
    expect(chanceAt(k, m, v)).toBeCloseTo(expected, 4);
  });
  it("is worth what one tied group of all components is worth", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.nat(8), (k, m, more) => {
        const v = Math.min(m, 1 + more);
        const all = [Array.from({ length: m }, (_, i) => i)];
        expect(expectedHits(all, (one) => one < v, k) / Math.min(k, v)).toBeCloseTo(chanceAt(k, m, v), 10);
      }),
    );
  });
});

describe("the expected reciprocal rank", () => {
  it("of one true one in a group of four is 0.5208, of 42 it is 0.1030", () => {
    const first = (one: number): boolean => one === 0;
    expect(expectedReciprocalRank([[0, 1, 2, 3]], first)).toBeCloseTo(0.5208, 4);
    expect(expectedReciprocalRank([Array.from({ length: 42 }, (_, i) => i)], first)).toBeCloseTo(0.103, 4);
    expect(expectedReciprocalRank([[1, 2], [0]], first)).toBeCloseTo(1 / 3, 10);
    expect(expectedReciprocalRank([[1]], first)).toBe(0);
  });
  it("of two true ones in a group of three is 5 / 6: they are first, or second, in 4 and 2 of 6 orders", () =>
    expect(expectedReciprocalRank([[0, 1, 2]], (one) => one < 2)).toBeCloseTo((4 + 2 / 2) / 6, 10));
});

describe("the exact one-sided binomial test", () => {
  it("is the sum of the upper tail", () => {
    expect(atLeast(2, 2, 0.5)).toBeCloseTo(0.25, 10);
    expect(atLeast(1, 3, 0.5)).toBeCloseTo(0.875, 10);
    expect(atLeast(0, 3, 0.1)).toBe(1);
    expect(atLeast(8, 10, 1 / 3)).toBeCloseTo(0.0034, 4);
    expect([atLeast(1, 5, 0), atLeast(4, 3, 0.5), atLeast(3, 3, 1)]).toEqual([0, 0, 1]);
  });
});

describe("the interval of a median", () => {
  it("is where the band crosses a half: 13 to not reached in the 6-MP arm of Freireich 1963", () => {
    const arm = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
      .split(" ")
      .map((one) => ({ at: Number.parseInt(one, 10), seen: !one.endsWith("+") }));
    expect(medianInterval(kaplanMeier(arm))).toEqual({ low: 13, high: null });
  });
});
