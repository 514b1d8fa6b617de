import { expect, test } from "vitest";
import type { Ranking } from "../references/ranking.ts";
import { documentOf, type RankedCase, tableOf } from "./score.ts";

const one = (stratum: string, cause: string, rankings: Readonly<Record<string, Ranking>>): RankedCase => ({
  name: cause,
  stratum,
  cause,
  rankings: new Map(Object.entries(rankings)),
  notes: [],
});
const cases = [
  one("latency", "cart", { firedrill: [["cart"], ["front"]], chance: [["cart", "front", "store", "search"]] }),
  one("errors", "store", { firedrill: [["front"], ["store"]], chance: [["cart", "front", "store", "search"]] }),
];

test("means over cases, ties by their expectation, Wilson's interval of the first place, and each stratum apart", () => {
  const { dataset, cases: n, rows, strata } = documentOf("petshop", cases);
  expect([dataset, n, rows.map(({ method }) => method)]).toEqual(["petshop", 2, ["firedrill", "chance"]]);
  const [own, chance] = rows;
  expect(own).toMatchObject({ ac1: 0.5, ac3: 1, mrr: 0.75 });
  expect(own?.avg5).toBeCloseTo((0.5 + 4) / 5, 12);
  expect(own?.ci.map((x) => Number(x.toFixed(4)))).toEqual([0.0945, 0.9055]);
  expect(chance).toMatchObject({ ac1: 0.25, ac3: 0.75 });
  expect(Object.entries(strata).map(([name, { cases, rows }]) => [name, cases, rows[0]?.ac1])).toEqual([
    ["errors", 1, 0],
    ["latency", 1, 1],
  ]);
});

test("a method that says nothing of a case has missed it", () => {
  const some = [...cases, one("latency", "front", { firedrill: [] })];
  expect(documentOf("petshop", some).rows[0]?.ac1).toBeCloseTo(1 / 3, 12);
});

test("the text has a line for each method and names n", () => {
  const text = tableOf(documentOf("petshop", cases));
  expect(text).toMatch(/^petshop, 2 cases\n/);
  expect(text).toMatch(/\nfiredrill +0\.500 {2}0\.095 to 0\.905 {3}1\.000/);
  expect(text).toContain("latency, 1 cases");
});
