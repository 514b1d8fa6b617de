import * as z from "zod";
import type { Snapshot } from "../telemetry/warehouse-snapshot.ts";
import { ArgumentError, limitArg, type Tool, tool } from "./tool.ts";

/** Questions in SQL, about what was to be seen when the first one was asked. */
export interface Sql extends AsyncDisposable {
  readonly tool: Tool;
}

export function openSql(): Sql {
  let opened: Promise<Snapshot> | undefined;
  return {
    tool: tool({
      name: "sql",
      description:
        "One SELECT (DuckDB) over the tables spans, points, logs, changes, objects and resources; `describe spans` is not a SELECT, `from spans limit 1` is. Instants are ms since 1970 in columns that end in _ms, attributes are JSON (attributes->>'http.route'). Points are as in `series`: increases. Stopped after 5 s; a row is a list in the order of `columns`, values are cut after 1000 characters, whole numbers of 64 bits are text.",
      args: z.strictObject({ sql: z.string().min(1).max(20_000), limit: limitArg(100, 500) }),
      async answer({ sql, limit }, telemetry) {
        // Native code that only this needs.
        const { openSnapshot } = await import("../telemetry/warehouse-snapshot.ts");
        const { QueryError } = await import("../telemetry/warehouse-query.ts");
        opened ??= openSnapshot(telemetry);
        const asked = (await opened).ask(sql, limit);
        const { columns, rows, cut } = await asked.catch((error: unknown) => {
          throw error instanceof QueryError ? new ArgumentError(`sql: ${error.message}`) : error;
        });
        return { columns, rows, truncated: cut };
      },
    }),
    async [Symbol.asyncDispose]() {
      const snapshot = await opened?.catch(() => undefined);
      await snapshot?.[Symbol.asyncDispose]();
    },
  };
}
