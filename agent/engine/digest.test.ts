import { expect, test } from "vitest";
import { digest, digests, merged } from "./digest.ts";
import { treesOf } from "./testing/sketch.ts";

const { nodes } = treesOf(
  { id: "s", of: "a", name: "GET /", from: 0, to: 100, failed: true, status: 502 },
  { id: "c", of: "a", kind: "client", name: "GET", from: 10, to: 90, parent: "s", failed: true },
  { id: "t", of: "b", name: "GET /b", from: 20, to: 80, parent: "c", failed: true, status: 500 },
  { id: "p", of: "b", kind: "producer", name: "send", from: 30, to: 31, parent: "t" },
  { id: "q", of: "w", kind: "consumer", name: "take", from: 500, to: 900, parent: "p" },
  { id: "d", of: "b", kind: "client", name: "SELECT", from: 40, to: 70, parent: "t", told: { "db.system": "x", "db.namespace": "db" } },
  { id: "r", of: "a", kind: "client", name: "GET", from: 0, to: 4, trace: "t2", failed: true, told: { "error.type": "ECONNREFUSED", "peer.service": "b" } },
); // biome-ignore format: a table reads better than a column
const all = digest(nodes, { from: 0, to: 1000 });

test("requests, failures and self times are counted where they belong", () => {
  expect(all.roots).toBe(1);
  expect(all.components.get("a")).toMatchObject({ requests: 1, failed: 1 });
  expect(all.components.get("a")?.operations.get("GET /")).toEqual([20]);
  expect(all.components.get("b")?.operations.get("GET /b")).toEqual([60 - 30 - 1]);
  expect(all.components.get("w")?.operations.get("take")).toEqual([400]);
});

test("only the deepest failure is a component's own", () => {
  expect(all.components.get("a")?.own.size).toBe(0);
  expect(all.components.get("b")?.own.get("internal")).toHaveLength(1);
});

test("an edge knows its gap, its failures that no callee explains, and whether anyone waits", () => {
  const edge = all.edges.get("a->b");
  expect(edge).toMatchObject({ count: 2, failed: 2, answered: 1, clientTime: 84, serverTime: 60, sync: true });
  expect(edge?.gaps).toEqual([20]);
  expect([...(edge?.broken.keys() ?? [])]).toEqual(["refused"]);
  expect(all.edges.get("b->w")).toMatchObject({ sync: false, count: 1 });
  expect(all.edges.get("b->db")?.operations.get("SELECT")).toEqual([30]);
});

test("a server that outlasts its caller's patience is no negative gap", () => {
  const { nodes: late } = treesOf(
    { id: "c", of: "a", kind: "client", from: 0, to: 10, failed: true },
    { id: "t", of: "b", from: 1, to: 500, parent: "c" },
  );
  expect(digest(late, { from: 0, to: 1000 }).edges.get("a->b")?.gaps).toEqual([0]);
});

test("windows side by side hold what one window holds", () => {
  const parts = digests(nodes, 0, 1000, 250);
  expect(parts.map((part) => part.window.from)).toEqual([0, 250, 500, 750]);
  const whole = merged(parts, { from: 0, to: 1000 });
  expect([...whole.edges.keys()].sort()).toEqual([...all.edges.keys()].sort());
  expect(whole.edges.get("a->b")).toEqual(all.edges.get("a->b"));
  expect(whole.components.get("w")).toEqual(all.components.get("w"));
});
