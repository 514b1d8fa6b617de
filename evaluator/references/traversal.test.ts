import { expect, it } from "vitest";
import { scoreRanking } from "./ranking.ts";
import { type Question, traversal } from "./traversal.ts";

const WAVE = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const usual = (...names: string[]) => new Map(names.map((name) => [name, WAVE] as const));
const rows = (values: Readonly<Record<string, readonly number[]>>) => new Map(Object.entries(values));
const EDGES = [
  { caller: "front", callee: "cart" },
  { caller: "front", callee: "search" },
  { caller: "cart", callee: "store" },
  { caller: "search", callee: "store" },
];
const QUIET = [6, 6, 6];
const question = (incident: Readonly<Record<string, readonly number[]>>): Question => ({
  target: "front",
  edges: EDGES,
  normal: usual("front", "cart", "search", "store"),
  incident: rows(incident),
});

it("names the deepest anomalous component on an anomalous path", () =>
  expect(traversal(question({ front: [6, 6, 90], cart: [6, 6, 90], search: QUIET, store: [6, 6, 90] }))).toEqual([
    ["store"],
  ]));
it("does not name what no anomalous path leads to", () =>
  expect(traversal(question({ front: [6, 6, 90], cart: QUIET, search: QUIET, store: [6, 6, 90] }))).toEqual([]));
it("takes the better of two paths, and so prefers the one with more in trouble", () => {
  const both = question({ front: [6, 6, 90], cart: [6, 6, 90], search: [6, 6, 120], store: QUIET });
  expect(traversal(both)).toEqual([["search"], ["cart"]]);
});
it("looks at the first row in which the target is anomalous, not before the third", () => {
  const later = question({ front: [90, 90, 6, 90], cart: [6, 6, 90, 6], search: [6, 6, 6, 90], store: [6, 6, 6, 6] });
  expect(traversal(later)).toEqual([["search"]]);
});
it("says nothing while the target is well, or known too little", () => {
  expect(traversal(question({ front: QUIET, cart: [90, 90, 90], search: QUIET, store: QUIET }))).toEqual([]);
  const unknown = { ...question({ front: [6, 6, 90], cart: [6, 6, 90] }), normal: new Map([["front", [1, 2]]]) };
  expect(traversal(unknown)).toEqual([]);
});
it("ties what deviates from a constant infinitely or not at all", () => {
  const flat = [1, 2, ...WAVE.map(() => 6)];
  const normal = new Map([...usual("front"), ["cart", flat], ["search", flat]] as const);
  const incident = rows({ front: [6, 6, 90], cart: [6, 6, 7], search: [6, 6, 700] });
  const ranking = traversal({ target: "front", edges: EDGES, normal, incident });
  expect(ranking).toEqual([["cart", "search"]]);
  expect(scoreRanking(ranking, "cart")).toMatchObject({ acAt1: 0.5, acAt3: 1, mrr: 0.75 });
});
