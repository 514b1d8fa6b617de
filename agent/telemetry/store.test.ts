import { describe, expect, it } from "vitest";
import type { LogRecord, Point, Span } from "./model.ts";
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
const point = (at: number, value: number, more: Partial<Point> = {}): Point => ({
  component: "a",
  instance: "a1",
  metric: "requests",
  unit: "1",
  kind: "counter",
  temporality: "cumulative",
  attributes: {},
  at,
  start: 1_000,
  value,
  arrival: at + 100,
  ...more,
});
const line = (at: number, body: string): LogRecord => ({
  at,
  component: "a",
  instance: "a1",
  severity: 9,
  body,
  attributes: {},
  arrival: at + 1_000,
});
const values = (store: ReturnType<typeof openStore>, now = 1e9, metric = "requests"): number[][] =>
  store
    .view(() => now)
    .series({ within: { from: 0, to: 1e9 }, metric })
    .map((one) => [...one.value]);

describe("what is visible", () => {
  it("is what has arrived, not what has happened", () => {
    const store = openStore();
    store.span(span("x", 5_000, 7_000));
    store.log(line(5_000, "hello"));
    let now = 5_999;
    const view = store.view(() => now);
    const within = { from: 0, to: 100_000 };
    expect([view.spans({ within }), view.logs({ within }), view.components(within)]).toEqual([[], [], []]);
    now = 6_000;
    expect(view.logs({ within }).map(({ body }) => body)).toEqual(["hello"]);
    expect(view.spans({ within })).toEqual([]);
    now = 7_000;
    expect(view.spans({ within })).toHaveLength(1);
    expect(view.components(within)).toMatchObject([{ component: "a", kind: "service", instances: ["a1"] }]);
  });

  it("is who has been heard of by now, to the millisecond, and not by the end of the second", () => {
    const store = openStore();
    const query = { kind: "client", attributes: { "db.system.name": "postgresql", "db.namespace": "store" } } as const;
    store.resource("a", "a1", { "service.version": "1" }, 5_700);
    store.span(span("x", 4_000, 5_700, query));
    store.resource("a", "a2", { "service.version": "2" }, 5_900);
    store.span(span("y", 4_000, 5_900, { instance: "a2" }));
    const cards = (now: number, within = { from: 0, to: 100_000 }) => store.view(() => now).components(within);
    expect([cards(5_000), cards(5_699)]).toEqual([[], []]);
    const [a, db] = cards(5_700);
    expect(a).toMatchObject({ instances: ["a1"], attributes: { "service.version": "1" }, first: 5_700, last: 5_700 });
    expect(db).toMatchObject({ component: "store", kind: "virtual", first: 5_700, last: 5_700 });
    expect(cards(5_899)[0]).toMatchObject({ instances: ["a1"], last: 5_700 });
    expect(cards(5_900)[0]).toMatchObject({
      instances: ["a1", "a2"],
      attributes: { "service.version": "2" },
      last: 5_900,
    });
    // Windows are half open, and as exact.
    expect(cards(9_000, { from: 5_701, to: 5_900 })).toEqual([]);
    expect(cards(9_000, { from: 5_701, to: 5_901 })[0]).toMatchObject({ instances: ["a2"], first: 5_700 });
  });

  it("does not tell that a database will send telemetry of its own one day", () => {
    const store = openStore();
    const query = { kind: "client", attributes: { "db.system.name": "postgresql", "db.namespace": "store" } } as const;
    store.span(span("x", 4_000, 5_000, query));
    store.span(span("y", 8_000, 9_000, { component: "store", instance: "s1" }));
    const kinds = (now: number) =>
      store
        .view(() => now)
        .components({ from: 0, to: 1e6 })
        .map(({ component, kind }) => `${component} ${kind}`);
    expect([kinds(8_999), kinds(9_000)]).toEqual([
      ["a service", "store virtual"],
      ["a service", "store service"],
    ]);
  });

  it("comes once by arrival, between two ticks", () => {
    const store = openStore();
    for (const [id, arrival] of [
      ["x", 1_000],
      ["y", 1_999],
      ["z", 2_000],
    ] as const)
      store.span(span(id, 900, arrival));
    const view = store.view(() => 2_000);
    const ids = (from: number, to: number): string[] => view.spans({ arrived: { from, to } }).map(({ id }) => id);
    expect([ids(0, 1_000), ids(1_000, 2_000), ids(2_000, 3_000)]).toEqual([[], ["x", "y"], ["z"]]);
  });

  it("is ordered by time, then id, whatever the order of arrival", () => {
    const store = openStore();
    for (const one of [span("c", 3_000, 1), span("b", 2_000, 2), span("a", 2_000, 3)]) store.span(one);
    const found = store.view(() => 10_000).spans({ within: { from: 0, to: 1e6 } });
    expect(found.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });
});

describe("records whose time is odd", () => {
  it("are found in a window as long as time, without looking at every second of it", () => {
    const store = openStore();
    store.span(span("old", 0, 5_000, { start: 0 }));
    store.span(span("far", 4e12, 5_000));
    store.span(span("now", 3_000, 5_000));
    const ids = (to: number): string[] =>
      store
        .view(() => 5e12)
        .spans({ within: { from: 0, to } })
        .map(({ id }) => id);
    expect([ids(5e12), ids(3_001), ids(0)]).toEqual([["old", "now", "far"], ["old", "now"], []]);
  });
  it("are left out when there can be no such time", () => {
    const store = openStore();
    for (const end of [Number.NaN, Number.POSITIVE_INFINITY, -1, 2e13]) store.span(span(String(end), end, 1_000));
    store.point(point(Number.NaN, 1, { temporality: "delta", arrival: 1_000 }));
    store.point(point(5_000, 3, { temporality: "delta" }));
    expect(store.view(() => 1e9).spans({ within: { from: 0, to: 3e13 } })).toEqual([]);
    expect(values(store)).toEqual([[3]]);
  });
  it("come in order also when more of a second come after it was asked for", () => {
    const store = openStore();
    const ids = (): string[] =>
      store
        .view(() => 1e6)
        .spans({ within: { from: 0, to: 1e6 } })
        .map(({ id }) => id);
    store.span(span("b", 2_500, 10));
    store.span(span("c", 2_700, 20));
    expect(ids()).toEqual(["b", "c"]);
    store.span(span("d", 2_500, 30));
    store.span(span("a", 1_100, 40));
    expect(ids()).toEqual(["a", "b", "d", "c"]);
  });
});

describe("streams", () => {
  it("are one whatever the order of their attributes, and come in the order of what names them", () => {
    const store = openStore();
    const sent = (at: number, attributes: Point["attributes"], component = "a"): void =>
      store.point(point(at, 1, { temporality: "delta", attributes, component }));
    sent(5_000, { y: 2, x: 1 });
    sent(10_000, { x: 1, y: 2 });
    sent(10_000, { x: "1", y: 2 });
    const series = (): unknown[] =>
      store
        .view(() => 1e9)
        .series({ within: { from: 0, to: 1e9 } })
        .map(({ component, attributes, at }) => [component, attributes, at.length]);
    expect(series()).toEqual([
      ["a", { x: "1", y: 2 }, 1],
      ["a", { y: 2, x: 1 }, 2],
    ]);
    sent(10_000, {}, "A");
    expect(series()[0]).toEqual(["A", {}, 1]);
  });
});

describe("a counter", () => {
  it("tells increases; what it was at first is not known", () => {
    const store = openStore();
    for (const [at, value] of [
      [5_000, 100],
      [10_000, 130],
      [15_000, 135],
    ] as const)
      store.point(point(at, value));
    expect(values(store)).toEqual([[30, 5]]);
  });
  it("begins again after a restart", () => {
    const store = openStore();
    store.point(point(5_000, 100));
    store.point(point(10_000, 130));
    store.point(point(15_000, 20, { start: 12_000 }));
    expect(values(store)).toEqual([[30, 20]]);
  });
  it("counts in full when it joins later, as the first failures do", () => {
    const store = openStore();
    store.point(point(5_000, 100));
    store.point(point(10_000, 7, { attributes: { status: 503 } }));
    store.point(point(10_000, 130));
    expect(values(store).flat().sort()).toEqual([30, 7]);
  });
  it("that is sent as deltas stays as it is", () => {
    const store = openStore();
    for (const at of [5_000, 10_000]) store.point(point(at, 3, { temporality: "delta" }));
    expect(values(store)).toEqual([[3, 3]]);
  });
  it("is not known before it has arrived", () => {
    const store = openStore();
    for (const at of [5_000, 10_000, 15_000]) store.point(point(at, at));
    expect(values(store, 10_099)).toEqual([]);
    expect(values(store, 10_100)).toEqual([[5_000]]);
  });
});

describe("a histogram", () => {
  it("tells increases of sum, count and buckets", () => {
    const store = openStore();
    const kind = "histogram" as const;
    const bounds = [0.1, 1];
    store.point(point(5_000, 1, { kind, count: 10, bounds, buckets: [5, 5, 0] }));
    store.point(point(10_000, 3, { kind, count: 14, bounds, buckets: [6, 7, 1] }));
    const [series] = store.view(() => 1e9).series({ within: { from: 0, to: 1e9 } });
    expect([...(series?.value ?? [])]).toEqual([2]);
    expect([...(series?.count ?? [])]).toEqual([4]);
    expect(series?.buckets?.map((one) => [...one])).toEqual([[1, 2, 1]]);
  });
});
