import { expect, it } from "vitest";
import type { Entry } from "./corpus.ts";
import { toldByClock, wrongIn } from "./corpus-check.ts";

const entry = (n: number, change: Partial<Entry> = {}): Entry => ({
  id: `case${n}`,
  directory: "",
  scenario: `s${n}`,
  seed: 1,
  incident: n > 0,
  lastsMs: 200_000,
  bytes: 1e6,
  onsetMs: n > 0 ? 60_000 + 20_000 * n : null,
  ...change,
});
const six = [0, 1, 2, 3, 4, 5].map((n) => entry(n));

it("finds nothing wrong with a corpus that is well", () => expect(wrongIn(six)).toEqual([]));
it("finds what a clock alone could tell", () => {
  expect(toldByClock([10, 20, 30_000, 60_000])).toBe(0.5);
  expect(toldByClock([])).toBe(0);
  expect(wrongIn(six.map((one) => ({ ...one, onsetMs: one.incident ? 70_000 : null }))).join()).toMatch(/clock/);
});
it("finds what weighs too much, is there twice, or is lacking", () => {
  expect(wrongIn(six.map((one) => ({ ...one, bytes: 9e6 }))).join()).toMatch(/weighs/);
  expect(wrongIn([...six, entry(1)]).join()).toMatch(/twice: s1, seed 1/);
  expect(wrongIn(six.slice(1)).join()).toMatch(/no control/);
  expect(wrongIn(six.slice(0, 1)).join()).toMatch(/no incident/);
});
