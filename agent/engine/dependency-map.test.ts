import { expect, test } from "vitest";
import { dependencyMap } from "./dependency-map.ts";
import { digest } from "./digest.ts";
import { type Sketch, treesOf } from "./testing/sketch.ts";

const calls = (n: number, ms: number, failed: number, callee: string) =>
  Array.from({ length: n }, (_, i): Sketch => ({
    id: `${callee}${i}`, of: "a", kind: "client", from: i, to: i + ms, failed: i < failed, told: { "peer.service": callee },
  })); // biome-ignore format: one shape
const over = (...sketches: readonly Sketch[]) => digest(treesOf(...sketches).nodes, { from: 0, to: 10_000 });

test("the map is the union of quiet time and now, so that a dead callee keeps its place", () => {
  const [b, c, d] = dependencyMap(
    over(...calls(20, 10, 1, "b"), ...calls(8, 5, 0, "c")),
    over(...calls(40, 30, 20, "b"), ...calls(1, 5, 0, "d")),
  );
  expect(b).toEqual({
    caller: "a", callee: "b", sync: true, confidence: 61 / 63,
    before: { rate: 2, p50: 10, p95: 10, failed: 0.05 }, now: { rate: 4, p50: 30, p95: 30, failed: 0.5 },
  }); // biome-ignore format: one shape
  expect(c).toMatchObject({ callee: "c", before: { rate: 0.8 }, now: { rate: 0 }, confidence: 9 / 11 });
  expect(d).toMatchObject({ callee: "d", before: { rate: 0 }, now: { rate: 0.1 } });
});

test("of quiet time alone nothing is said about now", () => {
  expect(dependencyMap(over(...calls(2, 5, 0, "b")))[0]).not.toHaveProperty("now");
});
