import {
  type DuckDBConnection,
  type DuckDBInstance,
  type DuckDBPreparedStatement,
  type Json,
  StatementType,
} from "@duckdb/node-api";
import type { Millis } from "./model.ts";

export interface Limits {
  /** At most so many rows are given; default 1,000. */
  readonly rows?: number;
  /** A statement is stopped after so long; default 5,000. One call of a function is not stopped within itself. */
  readonly millis?: Millis;
}
export interface Answer {
  readonly columns: readonly string[];
  /** Values as JSON has them; whole numbers of 64 bits and more are text. */
  readonly rows: readonly (readonly Json[])[];
  /** There were more rows than were asked for. */
  readonly cut: boolean;
}
/** The statement is not allowed, is wrong, or took too long; the message is for who wrote it. */
export class QueryError extends Error {}

const ROWS = 1_000;
const MILLIS = 5_000;
const AGAIN: Millis = 20;

/**
 * Functions that may stand after FROM. Others open files, hide a statement in a text, or change the database: called
 * in a SELECT, `enable_logging` with a path puts the whole process to an end.
 */
const SOURCES = new Set(["generate_series", "json_each", "json_tree", "range", "repeat", "repeat_row", "unnest"]);

/**
 * Answers one SELECT on a connection of its own.
 * @throws QueryError
 */
export async function ask(instance: DuckDBInstance, sql: string, limits: Limits = {}): Promise<Answer> {
  const { rows = ROWS, millis = MILLIS } = limits;
  const connection = await instance.connect();
  const clock = stopAfter(connection, millis);
  try {
    const statement = await vetted(connection, sql);
    const reader = await statement.streamAndReadUntil(rows + 1);
    const read = reader.getRowsJson();
    return { columns: reader.columnNames(), rows: read.slice(0, rows), cut: read.length > rows };
  } catch (error) {
    if (error instanceof QueryError) throw error;
    if (clock.late) throw new QueryError(`stopped after ${millis} ms`);
    throw new QueryError(error instanceof Error ? error.message : String(error));
  } finally {
    clock[Symbol.dispose]();
    connection.closeSync();
  }
}

/** Interrupts again and again, because an interrupt between two steps of a query is forgotten. */
function stopAfter(connection: DuckDBConnection, millis: Millis): Disposable & { readonly late: boolean } {
  let late = false;
  let timer = setTimeout(stop, millis);
  function stop(): void {
    late = true;
    connection.interrupt();
    timer = setTimeout(stop, AGAIN);
  }
  return {
    get late() {
      return late;
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

/** The parser's own tree of the statement decides; PRAGMA and SHOW would pass for a SELECT once prepared. */
async function vetted(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const told = await connection.runAndReadAll("select json_serialize_sql($1::varchar)", [sql]);
  const tree = JSON.parse(String(told.value(0, 0))) as Tree;
  if (tree.error) throw new QueryError(tree.error_message ?? "no statement");
  if (tree.statements?.length !== 1) throw new QueryError("exactly one statement, please");
  for (const name of sourcesIn(tree.statements))
    if (!SOURCES.has(name)) throw new QueryError(`${name}() may not be called after FROM`);
  const extracted = await connection.extractStatements(sql);
  const statement = await extracted.prepare(0);
  if (extracted.count !== 1 || statement.statementType !== StatementType.SELECT)
    throw new QueryError("only SELECT is allowed");
  return statement;
}

interface Tree {
  readonly error: boolean;
  readonly error_message?: string;
  readonly statements?: readonly unknown[];
}

/** Names of the table functions anywhere in a tree. */
function sourcesIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  const inner = Object.values(node).flatMap(sourcesIn);
  const { type, function: called } = node as { type?: unknown; function?: { function_name?: unknown } };
  return type === "TABLE_FUNCTION" ? [String(called?.function_name), ...inner] : inner;
}
