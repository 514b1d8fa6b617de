import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { TelemetrySink } from "../../agent/telemetry/model.ts";
import type { TableName } from "../../agent/telemetry/warehouse-tables.ts";

/** Where they lie in a recording. */
export const PARQUET = "parquet";

/** Said again here, since who asks for the names alone needs no native code. */
const NAMES: Readonly<Record<TableName, true>> = {
  spans: true,
  points: true,
  logs: true,
  changes: true,
  objects: true,
  resources: true,
};
/** Paths of all of them in a recording. */
export const TABLES: readonly string[] = Object.keys(NAMES).map((name) => `${PARQUET}/${name}.parquet`);

/** The records of a recording as Parquet, for those who ask in SQL. Made of its files, so no manifest lists them. */
export interface Tables {
  readonly sink: TelemetrySink;
  /** Writes `<recording>/parquet/<table>.parquet`; to be called once, last. */
  end(): Promise<void>;
}

export async function openTables(recording: string): Promise<Tables> {
  // Native code that only a drill needs.
  const { openWarehouse } = await import("../../agent/telemetry/warehouse.ts");
  const warehouse = await openWarehouse();
  return {
    sink: warehouse,
    async end() {
      await using _ending = warehouse;
      const directory = join(recording, PARQUET);
      await mkdir(directory, { recursive: true });
      await warehouse.exportParquet(directory);
    },
  };
}
