import assert from "node:assert/strict";
import { test } from "node:test";
import { Board } from "./board.ts";

test("a value stands until its time is over or its token is cleared", () => {
  let now = 0;
  const board = new Board(["a", "b"], () => now);
  board.set({ key: "a", value: 1, ttlMs: 100, token: "x" });
  board.set({ key: "b", value: 2, ttlMs: 200, token: "y" });
  now = 99;
  assert.deepEqual([board.get("a"), board.get("b")], [1, 2]);
  now = 100;
  assert.deepEqual([board.get("a"), board.get("b")], [undefined, 2]);
  board.clear("x");
  assert.equal(board.get("b"), 2);
  board.clear("y");
  assert.equal(board.get("b"), undefined);
  board.set({ key: "a", value: 3, ttlMs: 100 });
  board.clear();
  assert.equal(board.get("a"), undefined);
});

test("what is not known or no number is refused", () => {
  const board = new Board(["a"]);
  const refused = (wanted: object, why: RegExp) => assert.throws(() => board.set(wanted), why);
  refused({ key: "b", value: 1, ttlMs: 1 }, /^Error: unknown key "b"$/);
  refused({ value: 1, ttlMs: 1 }, /unknown key/);
  refused({ key: "a", value: "1", ttlMs: 1 }, /value must be a number/);
  for (const ttlMs of [undefined, 0, -1, 1_800_001, "5", Number.NaN])
    refused({ key: "a", value: 1, ttlMs }, /ttlMs must be above 0 and at most 1800000/);
  board.set({ key: "a", value: 0, ttlMs: 1_800_000 });
  assert.equal(board.get("a"), 0);
});
