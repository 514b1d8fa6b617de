import { type DuckDBAppender, type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { Instant } from "./model.ts";
import { createStatement, TABLE_NAMES, TABLES, type TableName } from "./warehouse-tables.ts";

/** Nothing is fetched at run time. */
export const OFFLINE = { autoload_known_extensions: "false", autoinstall_known_extensions: "false" } as const;
const LOCK = `set temp_directory=''; set memory_limit='1GB'; set enable_external_access=false; set lock_configuration=true`;

/**
 * What had arrived by some instant, in a locked database of its own. A view over all rows would not do: statistics,
 * plans and catalogues tell of the rows that it hides.
 */
export class Visible {
  readonly instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #appenders: ReadonlyMap<TableName, DuckDBAppender>;
  /** Rows of the source looked at so far. */
  readonly #seen = new Map<TableName, bigint>();
  #until: Instant = Number.NEGATIVE_INFINITY;

  private constructor(
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    appenders: ReadonlyMap<TableName, DuckDBAppender>,
  ) {
    this.instance = instance;
    this.#connection = connection;
    this.#appenders = appenders;
  }

  static async open(): Promise<Visible> {
    // One thread: what is watched runs on the same machine.
    const instance = await DuckDBInstance.create(":memory:", { ...OFFLINE, threads: "1" });
    const connection = await instance.connect();
    for (const name of TABLE_NAMES) await connection.run(createStatement(TABLES[name]));
    await connection.run(LOCK);
    const appenders = new Map<TableName, DuckDBAppender>();
    for (const name of TABLE_NAMES) appenders.set(name, await connection.createAppender(name));
    return new Visible(instance, connection, appenders);
  }

  get until(): Instant {
    return this.#until;
  }

  /** Adds what had arrived by `until`, which never goes back. */
  async advance(source: DuckDBConnection, until: Instant): Promise<void> {
    for (const [name, appender] of this.#appenders) await this.#copy(source, name, appender, until);
    this.#until = until;
  }

  async #copy(source: DuckDBConnection, name: TableName, appender: DuckDBAppender, until: Instant): Promise<void> {
    const seen = this.#seen.get(name) ?? 0n;
    const rows = (await source.runAndReadAll(`select count(*) from ${name}`)).value(0, 0) as bigint;
    if (rows === seen && until === this.#until) return;
    const result = await source.stream(
      `select * from ${name} where rowid < $1 and arrival_ms <= $2 and (rowid >= $3 or arrival_ms > $4)`,
      [rows, until, seen, this.#until],
    );
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
      appender.appendDataChunk(chunk);
    appender.flushSync();
    this.#seen.set(name, rows);
  }

  close(): void {
    for (const appender of this.#appenders.values()) appender.closeSync();
    this.#connection.closeSync();
    this.instance.closeSync();
  }
}
