import { describe, expect, test } from "vitest";
import { divergence, habitsOf, type StepsOf } from "./structure.ts";
import { type Sketch, treesOf } from "./testing/sketch.ts";

/** A request: front calls cart, then store; `left` are the calls that are not made. */
function request(i: number, left: readonly string[] = []): readonly Sketch[] {
  const id = (name: string): string => `${name}${i}`;
  const trace = id("t");
  const call = (of: string, from: number): readonly Sketch[] =>
    left.includes(of)
      ? []
      : [
          { id: id(`c-${of}`), parent: id("front"), of: "front", kind: "client", name: of, from, to: from + 9, trace },
          { id: id(of), parent: id(`c-${of}`), of, name: "serve", from: from + 1, to: from + 8, trace },
        ];
  return [
    { id: id("front"), of: "front", name: "buy", from: 0, to: 100, trace },
    ...call("cart", 10),
    ...call("store", 30),
  ];
}
const many = (count: number, left: readonly string[] = []) =>
  treesOf(...Array.from({ length: count }, (_, i) => request(i, left)).flat()).nodes;
const silent: StepsOf = () => undefined;
const usual = habitsOf(many(20), silent);
const found = (nodes: ReturnType<typeof many>, traces: number, stepsOf = silent, habits = usual) => {
  const { deepest, lost } = divergence(nodes, habitsOf(nodes, stepsOf), habits, traces, stepsOf);
  return { deepest: Object.fromEntries(deepest), lost: Object.fromEntries(lost) };
};

describe("what spans do otherwise than usual", () => {
  test("the same again is no divergence", () => expect(found(many(10), 10)).toEqual({ deepest: {}, lost: {} }));

  test("a call that is never made diverges where it should be; its loss speaks for the last that was reached", () => {
    const { deepest, lost } = found(many(10, ["store"]), 10);
    expect(deepest).toEqual({ front: 1 });
    expect(lost["cart"]).toBeCloseTo(1, 9);
    expect(lost["front"]).toBeUndefined();
  });

  test("where nobody was reached the loss speaks for the component itself", () =>
    expect(found(many(10, ["cart", "store"]), 10).lost).toEqual({ front: 2 }));

  test("of a chain only the deepest counts", () => {
    // Cart usually calls a database; now neither that call nor front's call to store is made.
    const chain = (i: number, cut: boolean): readonly Sketch[] => [
      ...request(i, cut ? ["store"] : []),
      ...(cut
        ? []
        : [
            {
              id: `db${i}`,
              parent: `cart${i}`,
              of: "cart",
              kind: "client",
              name: "db",
              from: 12,
              to: 15,
              trace: `t${i}`,
            } as const,
          ]),
    ];
    const nodes = (count: number, cut: boolean) =>
      treesOf(...Array.from({ length: count }, (_, i) => chain(i, cut)).flat()).nodes;
    expect(found(nodes(10, true), 10, silent, habitsOf(nodes(20, false), silent)).deepest).toEqual({ cart: 1 });
  });

  test("fewer than eight spans make no habit", () =>
    expect(found(many(10, ["store"]), 10, silent, habitsOf(many(7), silent))).toEqual({ deepest: {}, lost: {} }));

  test("an error that almost no span logged diverges; a line that almost all logged may be missing", () => {
    const quiet: StepsOf = ({ span }) => (span.component === "store" ? [{ template: "saved", error: false }] : []);
    const loud: StepsOf = (node) =>
      node.span.component === "cart" ? [{ template: "no such key", error: true }] : quiet(node);
    const habits = habitsOf(many(20), quiet);
    expect(found(many(10), 10, loud, habits).deepest).toEqual({ cart: 1 });
    expect(found(many(10), 10, () => [], habits).deepest).toEqual({ store: 1 });
    expect(found(many(10), 10, silent, habits).deepest).toEqual({});
  });
});
