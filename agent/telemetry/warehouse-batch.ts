import { type DuckDBAppender, type DuckDBConnection, DuckDBDataChunk, type DuckDBValue } from "@duckdb/node-api";
import { type Table, typesOf, valuesOf } from "./warehouse-tables.ts";

/** Rows of one chunk: the most that DuckDB takes at once. One by one they would cost 200 times as much. */
const MOST = 2_048;

/** Rows of one table on their way into it. */
export class Batch<T> {
  readonly #table: Table<T>;
  readonly #appender: DuckDBAppender;
  #columns: readonly DuckDBValue[][];

  private constructor(table: Table<T>, appender: DuckDBAppender) {
    this.#table = table;
    this.#appender = appender;
    this.#columns = table.columns.map(() => []);
  }

  static async open<T>(connection: DuckDBConnection, table: Table<T>): Promise<Batch<T>> {
    return new Batch(table, await connection.createAppender(table.name));
  }

  get #rows(): number {
    return this.#columns[0]?.length ?? 0;
  }
  get full(): boolean {
    return this.#rows >= MOST;
  }

  add(record: T): void {
    for (const [i, value] of valuesOf(this.#table, record).entries()) this.#columns[i]?.push(value);
  }

  /** Puts what waits into the table. Blocks: a full chunk takes some tens of ms. */
  flush(): void {
    const rows = this.#rows;
    if (rows === 0) return;
    const columns = this.#columns;
    this.#columns = columns.map(() => []);
    const chunk = DuckDBDataChunk.create(typesOf(this.#table), rows);
    chunk.setColumns(columns);
    this.#appender.appendDataChunk(chunk);
    this.#appender.flushSync();
  }

  close(): void {
    this.#appender.closeSync();
  }
}
