import { expect, test } from "vitest";
import { errorPatterns, placeOf } from "./error-patterns.ts";
import { type Sketch, treesOf } from "./testing/sketch.ts";

const window = { from: 0, to: 100_000 };
const well = (i: number): Sketch => ({ id: `w${i}`, trace: `w${i}`, of: "front", name: "GET /", from: i, to: i + 5 });
const broken = (i: number, status: number): readonly Sketch[] => [
  { id: `s${i}`, trace: `b${i}`, of: "front", name: "GET /", from: i, to: i + 50, failed: true, status: 502 },
  { id: `c${i}`, trace: `b${i}`, of: "front", kind: "client", parent: `s${i}`, from: i + 1, to: i + 49, failed: true },
  { id: `t${i}`, trace: `b${i}`, of: "orders", parent: `c${i}`, from: i + 2, to: i + 48, failed: true, status },
];
const refused = (i: number): readonly Sketch[] => [
  { id: `s${i}`, trace: `b${i}`, of: "front", name: "GET /", from: i, to: i + 50, failed: true, status: 502 },
  { id: `c${i}`, trace: `b${i}`, of: "front", kind: "client", parent: `s${i}`, from: i + 1, to: i + 2, failed: true, told: { "error.type": "ECONNREFUSED", "peer.service": "orders" } },
]; // biome-ignore format: a table
const of = (...sketches: readonly Sketch[]) => ({ nodes: treesOf(...sketches).nodes, window });
const times = <T>(n: number, from: number, make: (i: number) => T) =>
  Array.from({ length: n }, (_, i) => make(from + i));

test("a lost request counts once, where it entered, with the place where its failure began", () => {
  const now = of(
    ...times(12, 0, well),
    ...times(6, 100, (i) => broken(i, 503)).flat(),
    ...times(2, 200, refused).flat(),
  );
  const past = of(...times(98, 0, well), ...times(2, 300, (i) => broken(i, 503)).flat());
  const [first, second, ...rest] = errorPatterns(now, past);
  expect(rest).toEqual([]);
  expect(first).toEqual({
    component: "front", route: "GET /", kind: "unavailable", failed: 6, shareOfErrors: 0.75, shareOfRequests: 0.3,
    baselineShare: 0.02, origin: "orders", detail: "HTTP 503", first: 100, example: ["b100", "b101", "b102"],
  }); // biome-ignore format: one shape
  expect(second).toMatchObject({
    kind: "refused",
    origin: "front->orders",
    shareOfErrors: 0.25,
    baselineShare: 0,
    detail: "ECONNREFUSED",
  });
});

test("nothing failed, no pattern", () => {
  expect(errorPatterns(of(...times(5, 0, well)), of())).toEqual([]);
});

test("a call's failure begins on the way, in the callee, or in the caller's own pool", () => {
  const call = (more: Partial<Sketch>) =>
    placeOf(treesOf({ id: "c", of: "a", kind: "client", from: 0, to: 1, failed: true, ...more, told: { "peer.service": "b", ...more.told } }).at("c")); // biome-ignore format: one shape
  expect(call({ told: { "error.type": "TimeoutError" } })).toBe("a->b");
  expect(call({ status: 503 })).toBe("b");
  expect(call({ thrown: { type: "E", message: "Connection is not available" } })).toBe("a");
});
