import { expect, test } from "vitest";
import type { LogRecord } from "../telemetry/model.ts";
import { BIN } from "./bins.ts";
import { addLogs, emptyLogBook, unusual } from "./logs.ts";

const line = (at: number, body: string, more: Partial<LogRecord> = {}): LogRecord => ({
  at, component: "a", instance: "a-1", severity: 17, body, attributes: {}, arrival: at, ...more,
}); // biome-ignore format: one shape
const parts = [0, 3, 6, 9].map((from) => ({ from, to: from + 3 }));
const now = { from: 12, to: 15 };
const requests = () => 100;

test("a line that quiet time does not have is unusual, one that it has is not", () => {
  const book = emptyLogBook();
  for (let bin = 0; bin < 15; bin++) addLogs(book, [line(bin * BIN, "background trouble 7")]);
  addLogs(
    book,
    Array.from({ length: 30 }, (_, i) => line(13 * BIN + i, `order ${i} cannot be priced`)),
  );
  const found = unusual(book, now, parts, requests);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    component: "a",
    text: "order <*> cannot be priced",
    count: 30,
    share: 0.3,
    normal: 0,
    first: 13 * BIN,
  });
});

test("what only wraps another's failure weighs a third", () => {
  const book = emptyLogBook();
  addLogs(
    book,
    Array.from({ length: 30 }, (_, i) => line(13 * BIN + i, "call to upstream returned 503")),
  );
  expect(unusual(book, now, parts, requests)[0]?.excess).toBeCloseTo(0.09);
});

test("an exception counts whatever its severity and its message; INFO lines are left alone", () => {
  const book = emptyLogBook();
  const exception = { type: "java.lang.IllegalStateException", message: "product 4 has no price" };
  addLogs(book, [line(13 * BIN, "x", { severity: 9, exception }), line(13 * BIN, "fine", { severity: 9 })]);
  addLogs(book, [line(13 * BIN, "y", { severity: 9, exception: { ...exception, message: "product 5 has no price" } })]);
  const [found, ...rest] = unusual(book, now, parts, () => 10);
  expect(rest).toEqual([]);
  expect(found).toMatchObject({ count: 2, text: "java.lang.IllegalStateException product <*> has no price" });
});
