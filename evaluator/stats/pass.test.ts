import { expect, it } from "vitest";
import { passes } from "./pass.ts";

it("pass@k and pass^k of drawn runs", () => {
  expect(passes(5, 2, 3)?.any).toBeCloseTo(0.9, 12);
  expect(passes(5, 2, 3)?.all).toBe(0);
  expect(passes(5, 4, 3)?.any).toBe(1);
  expect(passes(5, 4, 3)?.all).toBeCloseTo(0.4, 12);
  expect(passes(1, 1, 1)).toEqual({ any: 1, all: 1 });
});
it("says nothing of more runs than there are", () => expect(passes(2, 2, 3)).toBeNull());
