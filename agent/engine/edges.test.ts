import { expect, test } from "vitest";
import { digest } from "./digest.ts";
import { cover, type Gap, gaps } from "./edges.ts";
import { type Sketch, spanOf } from "./testing/sketch.ts";
import { forest } from "./traces.ts";

const gap = (caller: string, callee: string, delay: number, anomalous = delay > 8): Gap => ({
  caller, callee, delay, normal: 1, scale: 2, samples: 20, anomalous, uniform: anomalous, virtual: false,
}); // biome-ignore format: one shape

test("one slow edge between ends that are well is blamed itself, both ends beside it", () => {
  const [blame, ...rest] = cover([gap("a", "b", 100), gap("a", "c", 0), gap("d", "b", 1)]);
  expect(rest).toEqual([]);
  expect(blame).toMatchObject({ component: "a->b", alternatives: ["b", "a"] });
});

test("all edges to one callee are that callee", () => {
  const [blame] = cover([gap("a", "b", 100), gap("c", "b", 90), gap("a", "d", 0), gap("c", "d", 0)]);
  expect(blame?.component).toBe("b");
  expect(blame?.score).toBeCloseTo((190 * 1.15) / 2);
  expect(blame?.alternatives).toEqual(["a->b", "c->b"]);
});

test("all edges from one caller are that caller", () => {
  expect(cover([gap("a", "b", 100), gap("a", "c", 100), gap("d", "b", 0), gap("d", "c", 0)])[0]?.component).toBe("a");
});

test("two places are found one after the other", () => {
  const found = cover([gap("a", "b", 100), gap("c", "b", 100), gap("x", "y", 20), gap("x", "b", 0)]);
  expect(found.map((one) => one.component)).toEqual(["b", "x->y"]);
});

test("nothing anomalous, nobody blamed; equal values do not loop", () => {
  expect(cover([gap("a", "b", 0)])).toEqual([]);
  expect(cover([gap("a", "b", 50), gap("b", "a", 50)])).toHaveLength(1);
});

/** Ten calls a->b, or statements on a database, that last so long beyond their callee. */
function calls(extra: number, statements: Readonly<Record<string, number>> = {}) {
  const sketches = Array.from({ length: 10 }, (_, i): Sketch[] => {
    const at = i * 1000;
    const told = { "db.system": "x", "db.namespace": "db" };
    return [
      { id: `c${i}`, of: "a", kind: "client", from: at, to: at + 10 + extra },
      { id: `s${i}`, of: "b", from: at + 1, to: at + 10, parent: `c${i}` },
      ...Object.entries(statements).map(([name, ms]): Sketch => ({ id: `${name}${i}`, of: "a", kind: "client", name, from: at, to: at + ms, told })),
    ]; // biome-ignore format: a list
  });
  return digest(forest(sketches.flat().map(spanOf)), { from: 0, to: 20_000 });
}

test("a gap is what the callee does not account for, against quiet time", () => {
  const found = gaps(calls(50), calls(0)).find((one) => one.callee === "b");
  expect(found).toMatchObject({ delay: 50, normal: 1, anomalous: true, uniform: true, virtual: false });
  expect(gaps(calls(7), calls(0))[0]?.anomalous).toBe(false);
});

test("on the way to a database all statements are slower alike; in it they are not", () => {
  const quiet = calls(0, { SELECT: 2, INSERT: 3, COMMIT: 1 });
  const way = gaps(calls(0, { SELECT: 102, INSERT: 103, COMMIT: 101 }), quiet).find((one) => one.virtual);
  expect(way).toMatchObject({ callee: "db", delay: 100, anomalous: true, uniform: true });
  const table = gaps(calls(0, { SELECT: 502, INSERT: 23, COMMIT: 1 }), quiet).find((one) => one.virtual);
  expect(table?.uniform).toBe(false);
});
