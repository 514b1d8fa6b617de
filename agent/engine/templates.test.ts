import { expect, test } from "vitest";
import type { LogRecord } from "../telemetry/model.ts";
import { emptyTree, exceptionKey, file, textOf, topFrame, wordsOfLine } from "./templates.ts";

test("everything that looks like a value is masked", () => {
  const line =
    'user 42 of 10.0.0.7:8080 asked "SKU-9" [abc] 9f86d081884c7d659a2feaa0c55ad015 6f1c2b4e-8d1a-4b7e-9f64-2f1d0a5b3c7d -3.5';
  expect(wordsOfLine(line).join(" ")).toBe("user <*> of <*> asked <*> <*> <*> <*> <*>");
});

test("lines of one shape share a template, others do not", () => {
  const tree = emptyTree();
  const a = file(tree, "order 17 rejected: no stock");
  expect(file(tree, "order 23 rejected: no stock")).toBe(a);
  expect(file(tree, "order 23 rejected: wrong price")).toBe(a);
  expect(textOf(tree, a)).toBe("order <*> rejected: <*> <*>");
  expect(file(tree, "cache is cold")).not.toBe(a);
  expect(file(tree, "order 17 rejected: no stock today")).not.toBe(a);
});

test("a word that changes without end ends in one wild child", () => {
  const tree = emptyTree();
  for (let i = 0; i < 500; i++)
    file(
      tree,
      `job${"abcdefghij"[i % 10]}${"klmnopqrst"[Math.floor(i / 10) % 10]}${"uvwxy"[Math.floor(i / 100)]} has ended`,
    );
  expect(tree.leaves.size).toBeLessThanOrEqual(102);
});

test("lines that are never alike end in one cluster for the rest, and the known ones are still told apart", () => {
  const tree = emptyTree();
  const word = (i: number) => [...String(i)].map((digit) => "abcdefghij"[Number(digit)]).join("");
  const known = file(tree, "cache of prices is cold");
  const ids = Array.from({ length: 2_000 }, (_, i) => file(tree, `cache of ${word(i)} ${word(i * 7)} ${word(i * 13)}`));
  expect(new Set(ids).size).toBe(50);
  expect(textOf(tree, ids.at(-1) ?? "")).toBe("<*> <*> <*> <*> <*>");
  expect(file(tree, "cache of prices is cold")).toBe(known);
  expect(textOf(tree, known)).toBe("cache of prices is cold");
});

test("an empty line and a huge one are filed", () => {
  const tree = emptyTree();
  expect(file(tree, "")).toBe(file(tree, ""));
  expect(wordsOfLine("word ".repeat(10_000)).length).toBeLessThanOrEqual(40);
});

test("an exception keys on its type and the top frame of the project's own code", () => {
  const stack =
    "java.lang.IllegalStateException: x\n at java.base/java.util.Optional.get(Optional.java:143)\n at shop.pricing.Quote.of(Quote.java:41)";
  expect(topFrame(stack)).toBe(" at shop.pricing.Quote.of(Quote.java");
  const record = { exception: { type: "E", message: "m", stack } } as LogRecord;
  expect(exceptionKey(record)).toBe("E at shop.pricing.Quote.of(Quote.java");
  expect(exceptionKey({ exception: { type: "E", message: "m" } } as LogRecord)).toBe("E");
  expect(exceptionKey({} as LogRecord)).toBeUndefined();
});
