import { afterAll, describe, expect, it } from "vitest";
import { openSql } from "./sql.ts";
import { NOW, smallShop } from "./testing/small-shop.ts";
import { type Answer, ArgumentError } from "./tool.ts";

const view = smallShop().view(() => NOW);
const sql = openSql();
afterAll(() => sql[Symbol.asyncDispose]());
const ask = (text: string, limit = 100): Promise<Answer> => sql.tool.ask({ sql: text, limit }, view);

describe("a question in SQL", { timeout: 30_000 }, () => {
  it("is answered from all tables", async () => {
    expect(await ask("select kind, count(*)::int as n from spans group by all order by kind;")).toMatchObject({
      columns: ["kind", "n"],
      rows: [
        ["client", 1],
        ["server", 100],
      ],
      truncated: false,
    });
    expect((await ask("select max(value), count(*)::int from points")).rows).toEqual([[29, 30]]);
    expect((await ask("from logs select body order by at_ms desc limit 1")).rows).toEqual([["line 59"]]);
    expect((await ask("select attributes->>'service.version' from resources")).rows).toEqual([["1"]]);
    expect((await ask("with c as (from changes) select id from c -- all")).rows).toEqual([["r1"]]);
  });
  it("finds nothing that arrives later, nor a trace of it", async () => {
    for (const table of ["spans", "points", "logs", "changes", "objects", "resources"])
      expect(JSON.stringify(await ask(`from ${table}`, 500))).not.toMatch(/later|newcomer/);
    expect(JSON.stringify(await ask("from (summarize spans)"))).not.toMatch(/later|newcomer/);
  });
  it("gives so many rows and says that there are more", async () => {
    expect(await ask("from spans", 3)).toMatchObject({ rows: { length: 3 }, truncated: true });
  });
  it("gives no large value whole", async () => {
    const [row] = (await ask("select repeat('x', 100000000) as big, 1 as a, 2 as a")).rows;
    expect(row).toEqual(["x".repeat(1_000), 1, 2]);
    expect(JSON.stringify((await ask("select list(range) from range(1000000)")).rows).length).toBeLessThan(1_100);
  });
  it.each([
    ["a file", "from read_text('/etc/hostname')", /may not be called/],
    ["a change", "drop table spans", /SELECT/],
    ["two statements", "select 1; select 2", /one statement|syntax/],
    ["half of another statement", "select 1) as a, (select 2", /syntax/],
    ["a comment without an end", "select 1 /*", /syntax|comment|statement/],
    ["a column that is not there", "select nothing from spans", /nothing/],
  ])("is refused for %s", async (_, text, why) => {
    await expect(ask(text)).rejects.toBeInstanceOf(ArgumentError);
    await expect(ask(text)).rejects.toThrow(why);
  });
});
