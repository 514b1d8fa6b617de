import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Attributes, LogRecord, Point, Span, TelemetrySink } from "./model.ts";
import { openWarehouse, type Warehouse } from "./warehouse.ts";
import { QueryError } from "./warehouse-query.ts";

const T = 1_700_000_000_000;
const sender = { component: "shop", instance: "i-1" };
const spanAt = (arrival: number, more: Partial<Span> = {}): Span => ({
  ...sender,
  trace: "ab".repeat(16),
  id: "cd".repeat(8),
  name: "GET /",
  kind: "server",
  start: arrival - 2.25,
  end: arrival - 1,
  failed: false,
  attributes: {},
  exceptions: [],
  arrival,
  ...more,
});
const point = (more: Partial<Point> = {}): Point => ({
  ...sender,
  metric: "heap",
  unit: "By",
  kind: "gauge",
  temporality: "delta",
  attributes: {},
  at: T,
  start: 0,
  value: 1.5,
  arrival: T,
  ...more,
});
const log: LogRecord = { ...sender, at: T, severity: 17, body: 'it\'s\0 "full" – 日本', attributes: {}, arrival: T };

/** One record of every kind. */
function pourAll(sink: TelemetrySink): void {
  const exceptions = [{ type: "TypeError", message: "no locale" }];
  sink.span(
    spanAt(T, { parent: "ef".repeat(8), failed: true, attributes: { "http.status": 500, ok: true }, exceptions }),
  );
  sink.point(point());
  sink.point(point({ metric: "wait", kind: "histogram", count: 3, bounds: [0.1, 1], buckets: [1, 2, 0] }));
  sink.log(log);
  sink.change({ id: "c1", at: T, component: "shop", kind: "deploy", summary: "1.2", status: "succeeded", arrival: T });
  sink.object({ ...sender, at: T, kind: "process", reason: "exited", attributes: { "exit.code": 1 }, arrival: T });
  for (const version of ["1", "1", "2"]) sink.resource("shop", "i-1", { version }, T);
}

let directory = "";
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "warehouse-"));
});
afterAll(() => rm(directory, { recursive: true }));
const open: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one[Symbol.asyncDispose]();
});
async function warehouse(file?: string): Promise<Warehouse> {
  const one = await openWarehouse(file === undefined ? {} : { file });
  open.push(one);
  return one;
}
const rows = async (one: Warehouse, sql: string, options = {}): Promise<unknown> =>
  (await one.query(sql, options)).rows;

describe("the warehouse", () => {
  it("gives back every field of every record", async () => {
    const one = await warehouse();
    pourAll(one);
    const attributes: Attributes = { "http.status": 500, ok: true };
    const { columns, rows: spans } = await one.query("from spans");
    expect(Object.fromEntries(columns.map((name, i) => [name, spans[0]?.[i]]))).toEqual({
      arrival_ms: T,
      trace: "ab".repeat(16),
      id: "cd".repeat(8),
      parent: "ef".repeat(8),
      ...sender,
      name: "GET /",
      kind: "server",
      start_ms: T - 2.25,
      end_ms: T - 1,
      failed: true,
      attributes: JSON.stringify(attributes),
      exceptions: '[{"type":"TypeError","message":"no locale"}]',
    });
    expect(await rows(one, "select metric, value, count, bounds, buckets from points order by metric")).toEqual([
      ["heap", 1.5, null, null, null],
      ["wait", 1.5, 3, [0.1, 1], [1, 2, 0]],
    ]);
    expect(await rows(one, "select severity, body, exception, trace from logs")).toEqual([[17, log.body, null, null]]);
    expect(await rows(one, "select id, kind, before, status from changes")).toEqual([
      ["c1", "deploy", null, "succeeded"],
    ]);
    expect(await rows(one, "select reason, attributes->>'exit.code' from objects")).toEqual([["exited", "1"]]);
    expect(await rows(one, "select attributes->>'version' from resources")).toEqual([["1"], ["2"]]);
  });

  it("loses none of many rows, and answers of them what it is asked", async () => {
    const one = await warehouse();
    for (let i = 0; i < 10_000; i++) one.span(spanAt(T + i, { failed: i % 4 === 0 }));
    expect(await rows(one, "select count(*), count(distinct arrival_ms), sum(failed::int) from spans")).toEqual([
      ["10000", "10000", "2500"],
    ]);
  });

  it("writes to its file while it is open, and refuses one that has tables", async () => {
    const file = join(directory, "run.duckdb");
    const one = await warehouse(file);
    pourAll(one);
    await expect.poll(async () => (await readFile(`${file}.wal`)).includes("no locale")).toBe(true);
    await open.pop()?.[Symbol.asyncDispose]();
    await expect(openWarehouse({ file })).rejects.toThrow(/already exists/);
  });

  it("is kept as Parquet that any reader reads", async () => {
    const one = await warehouse();
    pourAll(one);
    for (let i = 0; i < 3_000; i++) one.point(point({ at: T + i }));
    await one.exportParquet(directory);
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    const read = async (sql: string): Promise<unknown> => (await connection.runAndReadAll(sql)).getRowsJson();
    const counts = ["spans", "points", "logs", "changes", "objects", "resources"].map(
      (name) => `select count(*)::int from '${directory}/${name}.parquet'`,
    );
    expect(await read(counts.join(" union all "))).toEqual([[1], [3_002], [1], [1], [1], [2]]);
    expect(await read(`select distinct compression from parquet_metadata('${directory}/points.parquet')`)).toEqual([
      ["ZSTD"],
    ]);
    expect(await read(`select buckets from '${directory}/points.parquet' where metric = 'wait'`)).toEqual([
      [[1, 2, 0]],
    ]);
    connection.closeSync();
    instance.closeSync();
  });
});

describe("a question with a bound", () => {
  const SUMS = "select count(*)::int, max(arrival_ms) from spans";
  it("sees nothing that arrived later, forward, back, and when rows come in between", async () => {
    const one = await warehouse();
    const at = (until: number): Promise<unknown> => rows(one, SUMS, { until });
    expect(await at(T + 9)).toEqual([[0, null]]);
    for (let i = 0; i < 5_000; i++) one.span(spanAt(T + i));
    expect(await at(T + 9)).toEqual([[10, T + 9]]);
    one.span(spanAt(T + 9));
    one.span(spanAt(T + 7_000));
    expect(await at(T + 9)).toEqual([[11, T + 9]]);
    expect(await at(T + 3_000)).toEqual([[3_002, T + 3_000]]);
    expect(await at(T + 1)).toEqual([[2, T + 1]]);
    expect(await rows(one, SUMS)).toEqual([[5_002, T + 7_000]]);
  });

  it("does not see it in statistics, plans or catalogues either", async () => {
    const one = await warehouse();
    for (let i = 0; i < 5_000; i++) one.span(spanAt(T + i, { name: i < 10 ? "a" : "later" }));
    const told = async (sql: string): Promise<string> => JSON.stringify(await rows(one, sql, { until: T + 9 }));
    expect(await told("select stats(name) from spans limit 1")).not.toContain("later");
    expect(await told("select json_serialize_plan('from spans')")).not.toContain("5000");
    expect(await told("select estimated_size from duckdb_tables where table_name = 'spans'")).toBe('[["10"]]');
    expect(await told("summarize spans")).not.toContain("later");
  });

  it("is answered in turn with others", async () => {
    const one = await warehouse();
    for (let i = 0; i < 3_000; i++) one.span(spanAt(T + i));
    const bounds = [2_000, 10, 2_999, 500];
    const answers = await Promise.all(bounds.map((bound) => rows(one, SUMS, { until: T + bound })));
    expect(answers).toEqual(bounds.map((bound) => [[bound + 1, T + bound]]));
  });
});

describe("a question", () => {
  const refused: readonly (readonly [string, string, RegExp])[] = [
    ["a file", "from read_text('/etc/hostname')", /may not be called/],
    ["a file by its name", "from '/etc/hostname'", /does not exist/],
    ["a list of files", "select (select count(*) from glob('/*'))", /may not be called/],
    ["a copy", "copy spans to '/tmp/never.csv'", /Only SELECT/],
    ["another database", "attach '/tmp/never.duckdb'", /Only SELECT/],
    ["a new table", "create table x (a int)", /Only SELECT/],
    ["a new row", "insert into spans (trace) values ('x')", /Only SELECT/],
    ["a pragma", "pragma database_list", /Only SELECT/],
    ["a setting", "set lock_configuration = false", /Only SELECT/],
    ["a call", "call enable_logging()", /Only SELECT/],
    ["a change that looks like a question", "from enable_logging(storage = 'file')", /may not be called/],
    ["one inside another", "from (describe (from Enable_Logging()))", /may not be called/],
    ["a statement hidden in a text", "from query('drop table spans')", /may not be called/],
    ["two things", "select 1; select 2", /exactly one/],
    ["nothing", "", /exactly one/],
    ["what is no SQL", "selec 1", /syntax error/],
    ["what is not there", "select nothing from spans", /nothing/],
  ];
  for (const [what, sql, why] of refused)
    it(`for ${what} is refused`, async () => {
      const one = await warehouse();
      const answer = one.query(sql);
      await expect(answer).rejects.toBeInstanceOf(QueryError);
      await expect(answer).rejects.toThrow(why);
    });

  it("without end is stopped, and the next one is answered", async () => {
    const one = await warehouse();
    const endless = "with recursive r(n) as (select 1 union all select n + 1 from r) select sum(n) from r";
    await expect(one.query(endless, { millis: 200 })).rejects.toThrow("stopped after 200 ms");
    expect(await rows(one, "select 1")).toEqual([[1]]);
  });

  it("gets so many rows and no more, even from an endless answer", async () => {
    const one = await warehouse();
    expect(await one.query("from range(1e15::bigint)", { rows: 2 })).toEqual({
      columns: ["range"],
      rows: [["0"], ["1"]],
      cut: true,
    });
    expect((await one.query("from range(1e15::bigint)")).rows.length).toBe(1_000);
    expect((await one.query("from range(1000)")).cut).toBe(false);
  });
});
