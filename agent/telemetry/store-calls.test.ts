import { describe, expect, it } from "vitest";
import type { Span } from "./model.ts";
import { openStore } from "./store.ts";

const span = (id: string, end: number, arrival: number, more: Partial<Span> = {}): Span => ({
  trace: "t",
  id,
  component: "a",
  instance: "a1",
  name: "GET /",
  kind: "server",
  start: end - 10,
  end,
  failed: false,
  attributes: {},
  exceptions: [],
  arrival,
  ...more,
});

describe("calls", () => {
  it("join a client span with the server span that answered it, and name a database by its client spans", () => {
    const store = openStore();
    const client = { kind: "client", attributes: { "server.address": "127.0.0.1", "server.port": 9 } } as const;
    store.span(span("c1", 1_100, 1_200, { ...client, start: 1_000 }));
    store.span(span("s1", 1_090, 1_200, { component: "b", instance: "b1", parent: "c1", start: 1_010 }));
    store.span(span("c2", 1_300, 1_400, { ...client, start: 1_200, failed: true }));
    const database = { "db.system.name": "postgresql", "db.namespace": "store" };
    store.span(span("q1", 1_150, 1_200, { kind: "client", attributes: database }));
    const view = store.view(() => 5_000);
    const calls = view.calls({ from: 1_000, to: 2_000 });
    expect(calls).toMatchObject([
      { caller: "a", callee: "b", count: 2, failed: 1, unanswered: 1, serverSeconds: 0.08 },
      { caller: "a", callee: "store", count: 1, failed: 0, unanswered: 0 },
    ]);
    const kinds = view.components({ from: 0, to: 5_000 }).map(({ component, kind }) => `${component} ${kind}`);
    expect(kinds).toEqual(["a service", "b service", "store virtual"]);
  });
});
