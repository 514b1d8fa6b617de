import type { DuckDBConnection } from "@duckdb/node-api";
import type { TableName } from "./warehouse-tables.ts";

/**
 * Random ids are most of what a recording weighs. Each gets a short name instead, in the order of the ids: whatever is
 * sorted by id keeps its order, and whatever is joined by id is joined as before.
 */
const NAMES = {
  span_names: `select id from spans union select parent from spans where parent is not null
    union select span from logs where span is not null`,
  trace_names: "select trace as id from spans union select trace from logs where trace is not null",
} as const;
/** Hexadecimal digits of a name: enough for 16 million ids, and one length sorts as numbers do. */
const DIGITS = 6;

const SMALL: Partial<Record<TableName, string>> = {
  spans: `select s.* replace (t.name as trace, i.name as id, p.name as parent) from spans s
    join trace_names t on t.id = s.trace join span_names i on i.id = s.id
    left join span_names p on p.id = s.parent order by s.rowid`,
  logs: `select l.* replace (t.name as trace, i.name as span) from logs l
    left join trace_names t on t.id = l.trace left join span_names i on i.id = l.span order by l.rowid`,
};

/** What to select of each table for small files; the rows stay in their order. */
export async function small(connection: DuckDBConnection): Promise<(name: TableName) => string> {
  for (const [table, ids] of Object.entries(NAMES))
    await connection.run(
      `create or replace temp table ${table} as
       select id, lower(lpad(to_hex(row_number() over (order by id) - 1), ${DIGITS}, '0')) as name from (${ids})`,
    );
  return (name) => SMALL[name] ?? `select * from ${name} order by rowid`;
}
