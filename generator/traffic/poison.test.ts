import { describe, expect, it } from "vitest";
import { startTraffic } from "./engine.ts";
import { constant } from "./load.ts";
import { poisonPlaces } from "./mix.ts";
import { type Plan, type Planned, planned, requestOf, routeOf } from "./plan.ts";
import { ROUTES } from "./routes.ts";
import { isSparse } from "./schedule.ts";

const APP = "otel-sample-app";
const GO = "go-otel-sample-app";
const SEARCH = "GET /api/search";

/** Healthy, then with a share of one customer, then healthy again. */
function plan(poison: number | undefined, seed = 7): Plan {
  const load = constant(10);
  const phases = [
    { lasts: 60_000, load, reserved: 0.05 },
    { lasts: 100_000, load, reserved: 0.05, ...(poison === undefined ? {} : { poison }) },
    { lasts: 60_000, load, reserved: 0.05 },
  ];
  const other = [{ lasts: 220_000, load, reserved: 0.05 }];
  const streams = [
    { app: APP, url: "http://127.0.0.1:1", phases } as const,
    { app: GO, url: "http://127.0.0.1:2", phases: other } as const,
  ];
  return { streams, seed, arrivals: "poisson", timeout: 1_000 };
}
const requests = (of: Plan) => planned(of).map((one) => ({ ...one, ...requestOf(of, one) }));
const isSearch = (of: Plan) => (one: Planned) => routeOf(of, one).name === SEARCH;
const query = (path: string): URLSearchParams => new URL(path, "http://shop").searchParams;

describe("one customer's text", () => {
  it("is exactly its share of each twenty searches of its phase, and in no other", () => {
    const searches = planned(plan(0.3)).filter(isSearch(plan(0.3)));
    const during = searches.filter(({ phase }) => phase === 1);
    expect(during.length).toBeGreaterThan(150);
    for (let start = 0; start + 20 <= during.length; start += 20)
      expect(during.slice(start, start + 20).filter(({ poison }) => poison)).toHaveLength(6);
    expect(searches.filter(({ phase, poison }) => poison && phase !== 1)).toEqual([]);
  });
  it("carries fractions to the next twenty", () => {
    const reads = Array.from({ length: 400 }, (_, i) => i % 4 === 0);
    const places = poisonPlaces(reads, 0.12, 3, 1_000);
    expect(places.size).toBe(12);
    expect([...places].every((i) => reads[i])).toBe(true);
    expect(poisonPlaces(reads, 1, 3)).toEqual(new Set(reads.flatMap((is, i) => (is ? [i] : []))));
  });
  it("is asked for by one user only, always the same of a seed, who is an ordinary one", () => {
    const asked = (seed: number): string[] =>
      requests(plan(0.5, seed)).flatMap(({ poison, path }) => (poison ? [path] : []));
    expect(new Set(asked(7)).size).toBe(1);
    expect(asked(7)).toEqual(asked(7));
    expect(asked(8)[0]).not.toBe(asked(7)[0]);
    for (const path of [1, 2, 3, 4, 5].map((seed) => asked(seed)[0] ?? "")) {
      expect(Number(query(path).get("userId"))).toBeGreaterThanOrEqual(1);
      expect(Number(query(path).get("userId"))).toBeLessThanOrEqual(950);
      expect(query(path).get("q")).toMatch(/^\d{104}$/);
    }
  });
  it("moves nothing else: the other requests are byte for byte what they are without", () => {
    const [without, none, some] = [requests(plan(undefined)), requests(plan(0)), requests(plan(0.5))];
    expect(none).toEqual(without);
    expect(some.map(({ due, route, reserved, method }) => [due, route, reserved, method])).toEqual(
      without.map(({ due, route, reserved, method }) => [due, route, reserved, method]),
    );
    const rest = some.filter(({ poison }) => !poison);
    expect(rest).toEqual(without.filter(({ seq }) => !some[seq]?.poison));
    expect(some.length - rest.length).toBeGreaterThan(50);
  });
  it("has the form of every search: a text and a user", () => {
    for (const { path } of requests(plan(0.5)).filter(isSearch(plan(0.5))))
      expect([...query(path).keys()]).toEqual(["q", "userId"]);
  });
  it("is refused for an app that reads none, and for what is no share", async () => {
    const phases = [{ lasts: 1_000, load: constant(1), reserved: 0, poison: 0.5 }];
    const wrong: Plan = { ...plan(0), streams: [{ app: GO, url: "http://127.0.0.1:1", phases }] };
    expect(() => planned(wrong)).toThrow(/no route of go-otel-sample-app reads a free text/);
    await expect(startTraffic(wrong, AbortSignal.timeout(5_000))).rejects.toThrow(RangeError);
    for (const poison of [-0.1, 1.1, Number.NaN]) expect(() => planned(plan(poison))).toThrow(RangeError);
  });
  it("is read by the search alone", () => {
    const names = Object.values(ROUTES).flatMap((routes) => routes.filter(({ poison }) => poison));
    expect(names.map(({ name }) => name)).toEqual([SEARCH]);
  });
});

describe("the pace of sending", () => {
  const list = (gap: number, count: number) => Array.from({ length: count }, (_, i) => ({ due: i * gap }));
  it("is judged by what comes next, not by the whole", () => {
    const surge = [...list(25, 400), ...list(3, 400).map(({ due }) => ({ due: 10_000 + due }))];
    expect(isSparse(surge, 0, 100)).toBe(true);
    expect(isSparse(surge, 420, 100)).toBe(false);
    expect(isSparse(list(10, 100), 0, 100)).toBe(true);
    expect(isSparse(list(9.9, 100), 0, 100)).toBe(false);
    expect(isSparse([], 0, 100)).toBe(true);
  });
});
