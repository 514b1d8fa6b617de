import * as z from "zod";
import type { LogRecord } from "../telemetry/model.ts";
import { componentArg, limitArg, tool, windowArgs, windowOf } from "./tool.ts";

export default tool({
  name: "logs",
  description: "Log lines in the window, oldest first; the newest stay when there are too many.",
  args: z.strictObject({
    component: componentArg,
    trace: z.string().max(64).optional().describe("lines of one trace; then all of them unless `from` is given"),
    severity: z.int().min(1).max(24).optional().describe("at least this: 9 INFO, 13 WARN, 17 ERROR"),
    contains: z.string().max(500).optional().describe("part of the line, as it is written"),
    ...windowArgs,
    limit: limitArg(50, 500),
  }),
  answer({ component, trace, severity, contains, limit, ...args }, telemetry) {
    const { now } = telemetry;
    const within = windowOf(args, now, trace === undefined ? undefined : now);
    const found = telemetry.logs({
      within,
      // One more than is given shows that there are more.
      limit: limit + 1,
      ...(component === undefined ? {} : { component }),
      ...(trace === undefined ? {} : { trace }),
      ...(severity === undefined ? {} : { severity }),
      ...(contains === undefined ? {} : { contains }),
    });
    return { within, rows: found.map(rowOf), keep: "last" };
  },
});

function rowOf({ arrival: _, ...record }: LogRecord): object {
  return record;
}
