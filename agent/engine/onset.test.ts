import { expect, test } from "vitest";
import { BIN } from "./bins.ts";
import { earliest, onset } from "./onset.ts";

const series = (values: readonly number[], from = 0) => new Map(values.map((value, i) => [from + i, value] as const));

test("a step is dated to its bin, wherever the excursion was noticed", () => {
  const values = series([...Array.from({ length: 20 }, (_, i) => i % 2), ...Array.from({ length: 10 }, () => 12)]);
  for (const noticed of [18, 20, 22]) expect(onset(noticed, values)).toEqual({ at: 20 * BIN, within: BIN });
});

test("without values it is where the excursion was noticed", () => {
  expect(onset(7, new Map()).at).toBe(7 * BIN);
  expect(onset(7, series([1, 1, 1, 1], 5)).at).toBe(7 * BIN);
});

test("the earliest excursion that is large counts", () => {
  const lane = (g: number, since: number) => ({ last: [], g, since });
  expect(earliest([lane(10, 5), lane(3, 1), lane(20, 7)], 9)).toBe(5);
  expect(earliest([], 9)).toBe(9);
});
