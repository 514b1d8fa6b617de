import { describe, expect, it } from "vitest";
import { edgesOf, SERVICES } from "../../generator/targets/graph.ts";
import type { PlaceId } from "../../generator/targets/target.ts";
import { allReleases, kinds } from "./kinds.ts";
import { MENU } from "./menu.ts";
import { type Offer, parametersOf, placesFor } from "./offer.ts";

const target = { edges: edgesOf(SERVICES), processes: [...SERVICES, "edges"] };
const first = ({ where }: Offer): PlaceId => placesFor(where, target)[0] as PlaceId;

it("has every kind of the folder, and no other", async () => {
  const all = await kinds();
  expect(all.filter(({ offer }) => offer === undefined)).toEqual([]);
  expect(all.map(({ kind }) => kind)).toEqual(Object.keys(MENU).sort());
});

describe.each(Object.entries(MENU))("%s", (kind, offer) => {
  it("needs nothing said, and makes a fault of that kind", () => {
    const fault = offer.fault(first(offer), offer.params.parse({}), 60_000);
    expect(fault).toMatchObject({ kind, ttlMs: 60_000, on: first(offer) });
  });
  it("can be told of every parameter as it is listed", () => {
    const usual = parametersOf(offer).flatMap((one) => (one.usual === undefined ? [] : [[one.name, one.usual]]));
    expect(offer.params.parse(Object.fromEntries(usual))).toEqual(offer.params.parse({}));
    for (const { about } of parametersOf(offer)) expect(about.length).toBeGreaterThan(10);
  });
  it("says in one line what it does", () => expect(offer.summary).toMatch(/^.{20,75}$/));
});

it("counts what users send exactly where the dose follows from it", () => {
  const byLoad = Object.entries(MENU).filter(([, { byLoad: yes }]) => yes);
  for (const [, offer] of byLoad) expect(parametersOf(offer).map(({ name }) => name)).toContain("rps");
  expect(byLoad.length).toBe(4);
});

it("knows every build that is rolled out", () => {
  const names = allReleases().map(({ app, release }) => `${app} ${release}`);
  expect(names).toContain("go-otel-sample-app lookup");
  expect(names).toContain("java-otel-sample-app session");
  expect(new Set(names).size).toBe(names.length);
});

it("puts faults on processes that are started again, and on no other", () => {
  expect(placesFor("a process", target)).not.toContain("store");
  expect(placesFor("a process", target)).not.toContain("edges");
  expect(placesFor(["store"], { edges: [], processes: ["tickets"] })).toEqual([]);
});
