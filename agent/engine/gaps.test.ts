import { expect, test } from "vitest";
import { addSpans, BIN, closeBins, emptyRollup } from "./bins.ts";
import { coverage, watchGaps } from "./gaps.ts";
import { emptyReadings } from "./readings.ts";
import { type Sketch, spanOf, treesOf } from "./testing/sketch.ts";

const user: Sketch = { id: "s", of: "a", from: 0, to: 100, parent: "of nobody" };
const call: Sketch = { id: "c", of: "a", kind: "client", from: 10, to: 90, parent: "s" };
const answer: Sketch = { id: "t", of: "b", from: 20, to: 80, parent: "c" };
const share = (...sketches: Sketch[]) => coverage(treesOf(...sketches).nodes);

test("calls whose both sides were seen are covered, those whose caller is missing are not", () => {
  expect(share(user, call, answer)).toBe(1);
  expect(share(user, answer)).toBe(0);
  expect(share(user, call, answer, { ...answer, id: "u", of: "d", parent: "lost" })).toBe(0.5);
});

test("spans whose time is far from their arrival are told, and are in no bin", () => {
  const rollup = emptyRollup();
  const at = 1_000 * BIN;
  const span = (of: string, off: number) => ({
    ...spanOf({ id: `${of}${off}`, of, from: at - 10, to: at }),
    arrival: at + off,
  });
  addSpans(rollup, [span("well", 800), span("slow", 20_000), span("ahead", -20_000), span("lost", 1e9)]);
  expect(watchGaps(rollup, emptyReadings(), undefined)).toEqual([
    "too little history to know what is normal",
    "spans of ahead arrive 20 s before they end: its clock is off, or they are held back",
    "spans of lost arrive 1000000 s after they ended: its clock is off, or they are held back",
    "spans of slow arrive 20 s after they ended: its clock is off, or they are held back",
    "1 span is more than 20 minutes off by the sender's clock, and left out",
  ]);
  expect(closeBins(rollup, at + 60_000)[0]).toBe(1_000);
  expect([...(rollup.all.get(1_000)?.keys() ?? [])]).toEqual(["well", "slow", "ahead"]);
});

test("users export nothing: their requests are no gap, and nothing at all is none either", () => {
  expect(share(user)).toBe(1);
  expect(share()).toBe(1);
});
