import { describe, expect, it } from "vitest";
import { wilson } from "./wilson.ts";

describe("Wilson's interval", () => {
  const cases: readonly (readonly [number, number, number, number])[] = [
    [16, 20, 0.58, 0.92],
    [40, 50, 0.67, 0.89],
    [80, 100, 0.71, 0.87],
    [50, 50, 0.93, 1],
    [0, 50, 0, 0.07],
  ];
  for (const [successes, n, low, high] of cases)
    it(`of ${successes} in ${n} is ${low} to ${high}`, () => {
      const found = wilson(successes, n);
      expect(found.low).toBeCloseTo(low, 2);
      expect(found.high).toBeCloseTo(high, 2);
    });
  it("of nothing is everything", () => expect(wilson(0, 0)).toEqual({ low: 0, high: 1 }));
});
