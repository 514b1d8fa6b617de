import type { Span } from "../../telemetry/model.ts";
import { openStore, type Store } from "../../telemetry/store.ts";

/** The moment at which tests ask. */
export const NOW = 1_790_000_100_000;
/** Arrives after every question. */
const LATE = NOW + 1;
const shop = { component: "shop", instance: "shop-1" };
const store = { component: "store", instance: "store-1" };

export function spanAt(end: number, more: Partial<Span> = {}): Span {
  const id = (end % 1e9).toString(16).padStart(16, "0");
  const told = { ...shop, trace: id + id, id, name: "GET /", kind: "server", failed: false, attributes: {}, exceptions: [] } as const; // biome-ignore format: one shape
  return { ...told, start: end - 10, end, arrival: end, ...more };
}

/** A minute of a shop with one of everything, and of everything one that comes only after `NOW`. */
export function smallShop(): Store {
  const all = openStore();
  all.resource("shop", "shop-1", { "service.version": "1" }, NOW - 60_000);
  for (let i = 1; i <= 100; i++)
    all.span(spanAt(NOW - 60_000 + i * 500, { failed: i % 10 === 0, attributes: { "http.route": "/" } }));
  const call = { "server.address": "127.0.0.1", "db.system.name": "postgresql", "db.namespace": "store" };
  all.span(spanAt(NOW - 5_000, { id: "c1".repeat(8), kind: "client", name: "SELECT", failed: true, attributes: call }));
  const gauge = { ...shop, metric: "heap", unit: "By", kind: "gauge", temporality: "delta", attributes: {}, start: 0 } as const; // biome-ignore format: one shape
  for (let i = 0; i < 30; i++)
    all.point({ ...gauge, at: NOW - 60_000 + i * 2_000, value: i, arrival: NOW - 60_000 + i * 2_000 });
  const line = { ...shop, severity: 17, attributes: {} };
  for (let i = 0; i < 60; i++)
    all.log({ ...line, at: NOW - 60_000 + i * 1_000, body: `line ${i}`, arrival: NOW - 60_000 + i * 1_000 });
  const release = { id: "r1", at: NOW - 600_000, component: "shop", kind: "deploy", summary: "1.2", status: "succeeded" } as const; // biome-ignore format: one shape
  all.change({ ...release, arrival: NOW - 600_000 });
  all.object({ ...store, at: NOW - 9_000, kind: "process", reason: "exited", attributes: {}, arrival: NOW - 9_000 });
  all.span(spanAt(NOW - 100, { name: "GET /later", arrival: LATE, component: "newcomer" }));
  all.span(
    spanAt(NOW - 90, {
      kind: "client",
      name: "later",
      attributes: { ...call, "db.namespace": "later" },
      arrival: LATE,
    }),
  );
  all.point({ ...gauge, metric: "later", at: NOW - 1, value: 99, arrival: LATE });
  all.log({ ...line, at: NOW - 1, body: "later", arrival: LATE });
  all.change({ ...release, id: "later", at: NOW - 1, arrival: LATE });
  all.object({ ...shop, at: NOW - 1, kind: "process", reason: "later", attributes: {}, arrival: LATE });
  return all;
}
