import { expect, test } from "vitest";
import { type Sketch, spanOf, treesOf } from "./testing/sketch.ts";
import { calleeOf, forest, isRoot, learnAddresses, origin, selfTime } from "./traces.ts";

const server = (id: string, of: string, from: number, to: number, more: Partial<Sketch> = {}): Sketch => ({
  id,
  of,
  from,
  to,
  ...more,
});
const client = (id: string, of: string, from: number, to: number, more: Partial<Sketch> = {}): Sketch => ({
  id,
  of,
  from,
  to,
  kind: "client",
  ...more,
});

test("self time is what no child covers; children that overlap count once", () => {
  const { at } = treesOf(
    server("s", "a", 0, 100),
    client("c1", "a", 10, 40, { parent: "s" }),
    client("c2", "a", 30, 60, { parent: "s" }),
    client("c3", "a", 80, 90, { parent: "s" }),
  );
  expect(selfTime(at("s"))).toBe(100 - 50 - 10);
  expect(selfTime(at("c1"))).toBe(30);
});

test("a child that outlives its parent, or began before it, is clipped to it", () => {
  const { at } = treesOf(
    server("s", "a", 0, 100),
    { id: "i", of: "a", kind: "internal", from: 90, to: 500, parent: "s" },
    client("c", "a", -20, 30, { parent: "s" }),
    client("late", "a", 300, 400, { parent: "s" }),
  );
  expect(selfTime(at("s"))).toBe(60);
});

test("a span that ends before it starts lasts no time", () => {
  expect(selfTime(treesOf(server("s", "a", 100, 90)).at("s"))).toBe(0);
});

test("calls know whom they called: by the answer, else the address book, else what the call says", () => {
  const told = { "server.address": "127.0.0.1", "server.port": 9001 };
  const { nodes, at } = treesOf(client("c", "a", 0, 10, { told }), server("s", "b", 1, 9, { parent: "c" }));
  expect(at("c").callee).toBe("b");
  const book = learnAddresses(nodes);
  expect([...book]).toEqual([["127.0.0.1:9001", "b"]]);
  expect(forest([spanOf(client("d", "a", 0, 1, { told }))], book)[0]?.callee).toBe("b");
  expect(calleeOf(spanOf(client("e", "a", 0, 1, { told })), new Map())).toBe("127.0.0.1:9001");
  expect(calleeOf(spanOf(client("e", "a", 0, 1)), new Map())).toBeUndefined();
  const database = { ...told, "db.system.name": "postgresql", "db.namespace": "store|public" };
  expect(calleeOf(spanOf(client("f", "a", 0, 1, { told: database })), new Map())).toBe("store");
  expect(calleeOf(spanOf(client("g", "a", 0, 1, { told: { "db.system": "redis" } })), new Map())).toBe("redis");
  expect(calleeOf(spanOf(client("h", "a", 0, 1, { told: { "peer.service": "rates" } })), new Map())).toBe("rates");
});

test("a request of a user is one whose caller nobody exported", () => {
  const { at } = treesOf(
    server("s", "a", 0, 10, { parent: "elsewhere" }),
    client("c", "a", 1, 9, { parent: "s" }),
    server("t", "b", 2, 8, { parent: "c" }),
  );
  expect([isRoot(at("s")), isRoot(at("c")), isRoot(at("t"))]).toEqual([true, false, false]);
});

test("a failure begins in the deepest failed span", () => {
  const { at } = treesOf(
    server("s", "a", 0, 10, { failed: true }),
    client("ok", "a", 1, 2, { parent: "s" }),
    client("c", "a", 3, 9, { parent: "s", failed: true }),
    server("t", "b", 4, 8, { parent: "c", failed: true }),
  );
  expect(origin(at("s")).span.id).toBe("t");
});

test("spans of other traces and loops of parents are not joined", () => {
  const { at } = treesOf(
    server("s", "a", 0, 9),
    server("t", "b", 1, 2, { parent: "s", trace: "t2" }),
    server("x", "a", 0, 1, { parent: "x" }),
  );
  expect(at("t").parent).toBeUndefined();
  expect(at("x").parent).toBeUndefined();
});
