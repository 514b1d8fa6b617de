import { DuckDBInstance } from "@duckdb/node-api";
import type { Instant, Millis, TelemetrySink } from "./model.ts";
import type { Answer, Limits } from "./warehouse-query.ts";
import { Questions } from "./warehouse-questions.ts";
import { small } from "./warehouse-small.ts";
import { createStatement, TABLE_NAMES, TABLES, type TableName } from "./warehouse-tables.ts";
import { OFFLINE } from "./warehouse-visible.ts";
import { Writer } from "./warehouse-writer.ts";

export type Rows = ReadonlyMap<TableName, number>;

/** All telemetry of a run as it was received, in DuckDB: for questions in SQL, and to be kept as Parquet. */
export interface Warehouse extends TelemetrySink, AsyncDisposable {
  /** Writes what waits. Throws what went wrong in writing so far: as a sink the warehouse never throws. */
  flush(): void;
  /**
   * Writes `<directory>/<table>.parquet` (zstd) for every table; the directory must exist. `small`: with short names for
   * the ids of spans and traces, and packed as well as can be. Answers how many rows there are.
   */
  exportParquet(directory: string, options?: { readonly small?: boolean }): Promise<Rows>;
  /**
   * Answers one SELECT over the tables, from the rows that had arrived by `until`; without it, from all.
   * @throws QueryError
   */
  query(sql: string, options?: Limits & { readonly until?: Instant }): Promise<Answer>;
}

/** Rows wait for a file at most this long. In memory nothing is gained by it: they wait for a full chunk or a question. */
const WAIT: Millis = 250;

/** `file` must not exist; without one the warehouse is in memory and ends with its disposal. */
export async function openWarehouse({ file }: { readonly file?: string } = {}): Promise<Warehouse> {
  const instance = await DuckDBInstance.create(file ?? ":memory:", OFFLINE);
  const connection = await instance.connect();
  for (const name of TABLE_NAMES) await connection.run(createStatement(TABLES[name]));
  const writer = await Writer.open(connection, file === undefined ? undefined : WAIT);
  const questions = new Questions(connection);
  return {
    ...writer.sink,
    flush: () => writer.flush(),
    async exportParquet(directory, options = {}) {
      writer.flush();
      const what = options.small ? await small(connection) : (name: string) => `from ${name}`;
      const how = options.small ? `compression zstd, ${SMALLEST}` : "compression zstd";
      const rows = new Map<TableName, number>();
      for (const name of TABLE_NAMES) {
        const file = `${escaped(directory)}/${name}.parquet`;
        const copied = await connection.runAndReadAll(`copy (${what(name)}) to '${file}' (format parquet, ${how})`);
        rows.set(name, Number(copied.value(0, 0)));
      }
      return rows;
    },
    async query(sql, { until = Number.POSITIVE_INFINITY, ...limits } = {}) {
      writer.flush();
      return questions.ask(sql, until, limits);
    },
    async [Symbol.asyncDispose]() {
      await questions.close();
      writer.close();
      connection.closeSync();
      instance.closeSync();
    },
  };
}

const SMALLEST = "compression_level 19, parquet_version v2, row_group_size 1000000";
const escaped = (path: string): string => path.replaceAll("'", "''");
