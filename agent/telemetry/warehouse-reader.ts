import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import type { Instant, TelemetrySink } from "./model.ts";
import { type Columns, RECORDS, type Records } from "./warehouse-records.ts";
import { TABLES, type TableName } from "./warehouse-tables.ts";
import { OFFLINE } from "./warehouse-visible.ts";

/** Rows of one table on their way out of it, in the order in which they came. */
interface Source {
  readonly rows: number;
  arrivalAt(n: number): Instant;
  enter(n: number): void;
}

/**
 * Pours `<directory>/<table>.parquet` into a sink in order of arrival; what arrived at once, in a fixed order of tables.
 * A sender is described before what it sends. Throws what DuckDB says of a file that is none, with the
 * table's name.
 */
export async function pourParquet(directory: string, sink: TelemetrySink): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { ...OFFLINE, threads: "1" });
  const connection = await instance.connect();
  try {
    const open = async <T>(
      name: TableName,
      records: (columns: Columns) => Records<T>,
      enter: (record: T) => void,
    ): Promise<Source> => {
      const { columns, rows } = await read(connection, name, `${directory}/${name}.parquet`).catch((error: unknown) => {
        throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
      });
      const arrival = columns("arrival_ms");
      const record = records(columns);
      return { rows, arrivalAt: (n) => arrival[n] as number, enter: (n) => enter(record(n)) };
    };
    merge([
      await open("resources", RECORDS.resources, ({ component, instance: who, attributes, arrival }) =>
        sink.resource(component, who, attributes, arrival),
      ),
      await open("spans", RECORDS.spans, (span) => sink.span(span)),
      await open("points", RECORDS.points, (point) => sink.point(point)),
      await open("logs", RECORDS.logs, (record) => sink.log(record)),
      await open("changes", RECORDS.changes, (change) => sink.change(change)),
      await open("objects", RECORDS.objects, (object) => sink.object(object)),
    ]);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function read(
  connection: DuckDBConnection,
  name: TableName,
  file: string,
): Promise<{ readonly rows: number; readonly columns: Columns }> {
  const names = TABLES[name].columns.map(([column]) => column);
  const columns = new Map(names.map((column) => [column, [] as DuckDBValue[]]));
  const wanted = names.map((column) => `"${column}"`).join(", ");
  const result = await connection.stream(`select ${wanted} from read_parquet($1)`, [file]);
  let rows = 0;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    rows += chunk.rowCount;
    for (const [i, column] of names.entries()) {
      const into = columns.get(column);
      for (const value of chunk.getColumnValues(i)) into?.push(value);
    }
  }
  return { rows, columns: (column) => columns.get(column) ?? [] };
}

function merge(sources: readonly Source[]): void {
  const next = sources.map(() => 0);
  for (;;) {
    let first = -1;
    let earliest = Number.POSITIVE_INFINITY;
    for (const [i, source] of sources.entries()) {
      const n = next[i] ?? 0;
      if (n >= source.rows) continue;
      const arrival = source.arrivalAt(n);
      if (arrival >= earliest) continue;
      first = i;
      earliest = arrival;
    }
    const source = sources[first];
    if (source === undefined) return;
    const n = next[first] ?? 0;
    source.enter(n);
    next[first] = n + 1;
  }
}
