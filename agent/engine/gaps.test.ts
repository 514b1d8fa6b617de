import { expect, test } from "vitest";
import { coverage } from "./gaps.ts";
import { type Sketch, treesOf } from "./testing/sketch.ts";

const user: Sketch = { id: "s", of: "a", from: 0, to: 100, parent: "of nobody" };
const call: Sketch = { id: "c", of: "a", kind: "client", from: 10, to: 90, parent: "s" };
const answer: Sketch = { id: "t", of: "b", from: 20, to: 80, parent: "c" };
const share = (...sketches: Sketch[]) => coverage(treesOf(...sketches).nodes);

test("calls whose both sides were seen are covered, those whose caller is missing are not", () => {
  expect(share(user, call, answer)).toBe(1);
  expect(share(user, answer)).toBe(0);
  expect(share(user, call, answer, { ...answer, id: "u", of: "d", parent: "lost" })).toBe(0.5);
});

test("users export nothing: their requests are no gap, and nothing at all is none either", () => {
  expect(share(user)).toBe(1);
  expect(share()).toBe(1);
});
