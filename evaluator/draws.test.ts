import { expect, it } from "vitest";
import { drawsOf } from "./draws.ts";

const first = (scenario: string, seed: number): number => drawsOf(scenario, seed)();

it("a drill's lengths are the same each time, and its own", () => {
  expect(first("baseline", 1)).toBe(first("baseline", 1));
  expect(first("baseline", 2)).not.toBe(first("baseline", 1));
  expect(first("busy-day", 1)).not.toBe(first("baseline", 1));
});
