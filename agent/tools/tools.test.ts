import { describe, expect, it } from "vitest";
import { TOOLS } from "./all.ts";
import { bounded, LONGEST, MOST } from "./bounded.ts";
import { NOW, smallShop, spanAt } from "./testing/small-shop.ts";
import { type Answer, ArgumentError } from "./tool.ts";

const store = smallShop();
const view = store.view(() => NOW);
async function ask(name: string, args: object = {}, telemetry = view): Promise<Answer> {
  const tool = TOOLS.find((one) => one.name === name);
  if (tool === undefined) throw new RangeError(`no tool ${name}`);
  return tool.ask(args, telemetry);
}

describe("the tools", () => {
  it("tell what was asked", async () => {
    expect((await ask("services")).rows).toMatchObject([
      {
        component: "shop",
        kind: "service",
        requests: 100,
        failed: 10,
        p50: 10,
        attributes: { "service.version": "1" },
      },
      { component: "store", kind: "virtual", requests: 0, p50: null },
    ]);
    expect((await ask("topology")).rows).toMatchObject([
      { caller: "shop", callee: "store", calls: 1, failed: 1, clientMs: 10, serverMs: null, unanswered: 0 },
    ]);
    expect((await ask("metrics")).rows).toEqual([
      { component: "shop", metric: "heap", unit: "By", kind: "gauge", series: 1 },
    ]);
    expect((await ask("series", { metric: "heap", points: 2 })).rows).toMatchObject([
      {
        component: "shop",
        points: [
          [NOW - 4_000, 28],
          [NOW - 2_000, 29],
        ],
      },
    ]);
    expect((await ask("spans", { kind: "client" })).rows).toMatchObject([{ name: "SELECT", ms: 10, failed: true }]);
    expect((await ask("trace", { trace: spanAt(NOW - 30_000).trace })).rows).toMatchObject([{ start: NOW - 30_010 }]);
    expect((await ask("logs", { contains: "line 5", limit: 2 })).rows).toMatchObject([
      { body: "line 58" },
      { body: "line 59" },
    ]);
    expect((await ask("changes")).rows).toMatchObject([{ id: "r1", summary: "1.2" }]);
    expect((await ask("objects", { component: "store" })).rows).toMatchObject([{ reason: "exited" }]);
  });

  it.each(TOOLS.map(({ name }) => [name]))(
    "%s shows nothing that arrives later, whatever window is asked for",
    async (name) => {
      const future =
        name === "trace" ? { trace: spanAt(NOW - 100).trace } : name === "metrics" ? {} : { from: 0, to: NOW + 1e9 };
      const answer = await ask(name, future);
      expect(JSON.stringify(answer)).not.toMatch(/later|newcomer/);
      expect(answer.now).toBe(NOW);
      if (answer.within) expect(answer.within.to).toBe(NOW);
      // What arrives later is there to be found, later.
      expect(
        JSON.stringify(
          await ask(
            name,
            future,
            store.view(() => NOW + 1_000),
          ),
        ),
      ).toMatch(/later|newcomer/);
    },
  );

  it("give nothing for a window in the future", async () => {
    expect(await ask("spans", { from: NOW + 1_000, to: NOW + 2_000 })).toMatchObject({
      rows: [],
      within: { from: NOW, to: NOW },
      truncated: false,
    });
  });

  it.each([
    ["spans", { limit: 7 }, 7],
    ["logs", { limit: 7 }, 7],
    ["services", { limit: 1 }, 1],
  ])("%s gives no more rows than are asked for, and says so", async (name, args, rows) => {
    const answer = await ask(name, args);
    expect([answer.rows.length, answer.truncated]).toEqual([rows, true]);
    expect((await ask(name, { limit: 500 })).truncated).toBe(false);
  });

  it("say so when a series has more points than are given", async () => {
    expect((await ask("series", { points: 3 })).truncated).toBe(true);
    expect((await ask("series", { points: 30 })).truncated).toBe(false);
  });

  it.each([
    ["spans", { limit: 100_000 }, /limit/],
    ["spans", { kind: "serve" }, /kind/],
    ["logs", { severity: "error" }, /severity/],
    ["logs", { componnet: "shop" }, /componnet/],
    ["series", { from: "yesterday" }, /from/],
    ["trace", {}, /trace/],
  ])("%s refuses wrong arguments and says which", async (name, args, why) => {
    await expect(ask(name, args)).rejects.toBeInstanceOf(ArgumentError);
    await expect(ask(name, args)).rejects.toThrow(why);
  });

  it("are described by JSON schema", () => {
    const logs = TOOLS.find(({ name }) => name === "logs");
    expect(logs?.arguments).toMatchObject({
      additionalProperties: false,
      properties: { severity: { type: "integer", maximum: 24 }, limit: { default: 50, maximum: 500 } },
    });
    for (const { description } of TOOLS) expect(description.length).toBeGreaterThan(20);
  });
});

describe("an answer's size", () => {
  const rows = Array.from({ length: 1_000 }, (_, i) => ({ i, text: "x".repeat(1_000) }));
  it("is bounded in characters, at the end that is not kept", () => {
    for (const keep of ["first", "last"] as const) {
      const { rows: kept, truncated } = bounded(rows, 1_000, keep);
      expect([truncated, kept.length > 100, JSON.stringify(kept).length <= MOST + 2]).toEqual([true, true, true]);
      expect(kept).toContainEqual(keep === "first" ? rows[0] : rows[999]);
    }
  });
  it("holds no long text whole, however deep", () => {
    const { rows: kept } = bounded([{ attributes: { deep: ["y".repeat(LONGEST + 5)] } }], 1);
    expect(JSON.stringify(kept)).toContain("yy… (5 more characters)");
  });
  it("holds even for a single row", () => {
    const wide = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, "z".repeat(1_000)]));
    expect(bounded([wide], 1)).toEqual({ rows: [], truncated: true });
  });
});
