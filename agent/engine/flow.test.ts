import fc from "fast-check";
import { expect, test } from "vitest";
import { type Digest, digest } from "./digest.ts";
import { type Deviation, type FlowEdge, flow, ownOperations, winsorised } from "./flow.ts";
import { type Sketch, spanOf } from "./testing/sketch.ts";
import { forest } from "./traces.ts";

const edge = (caller: string, callee: string, calls = 100, sync = true): FlowEdge => ({ caller, callee, sync, calls });
const slow = (excess: number, requests = 100, z = 10): Deviation => ({ excess, requests, z });
const own = (edges: readonly FlowEdge[], deviations: Readonly<Record<string, Deviation>>) =>
  Object.fromEntries(flow(edges, new Map(Object.entries(deviations))).map((one) => [one.component, one.own]));

test("in a chain the last slow one holds all the flow", () => {
  const found = own([edge("a", "b"), edge("b", "c")], { a: slow(0.31), b: slow(0.3), c: slow(0.3) });
  expect(found["c"]).toBeCloseTo(30);
  expect(found["b"]).toBeCloseTo(0);
  expect(found["a"]).toBeCloseTo(1);
});

test("in a diamond both ways are subtracted from the top", () => {
  const edges = [edge("a", "b"), edge("a", "c"), edge("b", "d"), edge("c", "d")];
  const found = own(edges, { a: slow(0.4), b: slow(0.2), c: slow(0.2), d: slow(0.2, 200) });
  expect(found).toEqual({ d: 40, a: 0, b: 0, c: 0 });
});

test("a cycle ends, and does not create flow", () => {
  const found = own([edge("a", "b"), edge("b", "a"), edge("b", "b")], { a: slow(0.1), b: slow(0.1) });
  expect(found).toEqual({ a: 0, b: 0 });
});

test("a shared callee explains each caller by that caller's share of its requests", () => {
  const found = own([edge("a", "s", 75), edge("b", "s", 25)], { a: slow(0.3), b: slow(0.5), s: slow(0.4) });
  expect(found["a"]).toBeCloseTo(30 - 0.75 * 40);
  expect(found["b"]).toBeCloseTo(50 - 0.25 * 40);
  expect(found["s"]).toBeCloseTo(40);
});

test("what users send to a callee themselves is not its caller's excuse", () => {
  const found = own([edge("a", "s", 50)], { a: slow(0.2), s: slow(0.2, 200) });
  expect(found["a"]).toBeCloseTo(20 - 0.25 * 40);
});

test("a virtual database takes what its callers lose in it", () => {
  const found = own([edge("a", "store", 300)], { a: slow(0.3), store: slow(0.1, 300) });
  expect(found).toEqual({ store: 30, a: 0 });
});

test("a consumer's time is not its producer's", () => {
  const found = own([edge("a", "queue", 100, false)], { a: slow(0.2), queue: slow(0.2) });
  expect(found).toEqual({ a: 20, queue: 20 });
});

test("without counts a callee is shared out by its callers' flow", () => {
  const edges = [
    { caller: "a", callee: "s", sync: true },
    { caller: "b", callee: "s", sync: true },
  ];
  const found = own(edges, { a: slow(0.3), b: slow(0.1), s: slow(0.2) });
  expect(found["a"]).toBeCloseTo(30 - 0.75 * 20);
  expect(found["b"]).toBeCloseTo(10 - 0.25 * 20);
});

test("a deviation inside normal carries no flow", () => {
  expect(own([], { a: slow(0.3, 100, 1.4) })).toEqual({ a: 0 });
});

test("shares sum to one, and scaling all latencies leaves the ranking", () => {
  const excess = fc.array(fc.double({ min: 0.001, max: 5, noNaN: true }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(excess, fc.double({ min: 0.01, max: 100, noNaN: true }), (values, factor) => {
      const names = ["a", "b", "c", "d"];
      const edges = [edge("a", "b"), edge("a", "c"), edge("b", "d"), edge("c", "d"), edge("d", "a")];
      const at = (times: number) =>
        flow(edges, new Map(names.map((name, i) => [name, slow((values[i] ?? 0) * times)])));
      const [plain, scaled] = [at(1), at(factor)];
      scaled.forEach((one, i) => {
        expect(one.share).toBeCloseTo(plain[i]?.share ?? 0, 6);
      });
      const total = plain.reduce((sum, one) => sum + one.share, 0);
      expect(total === 0 || Math.abs(total - 1) < 1e-9).toBe(true);
    }),
  );
});

test("a healthy component changes no order", () => {
  const deviations = new Map([
    ["a", slow(0.3)],
    ["b", slow(0.2)],
  ]);
  const before = flow([edge("a", "b")], deviations).map((one) => one.component);
  const more = new Map([...deviations, ["h", slow(0, 500, 0)]]);
  const after = flow([edge("a", "b"), edge("h", "b", 20)], more).map((one) => one.component);
  expect(after.filter((name) => name !== "h")).toEqual(before);
});

test("the mean forgives the slowest fiftieth", () => {
  expect(winsorised([])).toBe(0);
  expect(winsorised([...Array.from({ length: 99 }, () => 10), 10_000])).toBeLessThan(12);
});

test("operations that spend more time of their own are found, those that wait are not", () => {
  const part = (self: number, wait: number, at: number): Digest => {
    const sketches = Array.from({ length: 10 }, (_, i): Sketch[] => {
      const from = at + i * 1000;
      const [id, call] = [`s${from}`, `c${from}`];
      return [
        { id, of: "a", name: "GET", from, to: from + self + wait },
        { id: call, parent: id, of: "a", kind: "client", name: "SELECT", from: from + self, to: from + self + wait, told: { "db.system": "x", "db.namespace": "db" } },
      ]; // biome-ignore format: a pair
    });
    return digest(forest(sketches.flat().map(spanOf)), { from: at, to: at + 20_000 });
  };
  const history = [0, 1, 2, 3].map((i) => part(5, 10, i * 100_000));
  expect(ownOperations(part(5, 300, 900_000), history)).toEqual([]);
  const [found] = ownOperations(part(50, 10, 900_000), history);
  expect(found).toMatchObject({ component: "a", operation: "GET", mean: 50, normal: 5, spans: 10, excess: 450 });
});
