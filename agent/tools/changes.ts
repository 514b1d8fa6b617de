import * as z from "zod";
import type { Millis } from "../telemetry/model.ts";
import { componentArg, limitArg, tool, windowArgs, windowOf } from "./tool.ts";

/** Changes and events are few, and what they lead to may come late. */
const HALF_AN_HOUR: Millis = 30 * 60_000;
const args = z.strictObject({ component: componentArg, ...windowArgs, limit: limitArg(100, 500) });

export const changes = tool({
  name: "changes",
  description:
    "Releases, configuration changes, jobs and scaling that the platform announced; the last half hour unless said.",
  args,
  answer({ component, ...rest }, telemetry) {
    const within = windowOf(rest, telemetry.now, HALF_AN_HOUR);
    const found = telemetry.changes(within).filter((one) => component === undefined || one.component === component);
    return { within, rows: found.map(({ arrival: _, ...change }) => change), keep: "last" };
  },
});

export const objects = tool({
  name: "objects",
  description:
    "What the platform says of instances (started, exited, restarted, OOMKilled) and, on a cluster, of its objects and events; the last half hour unless said.",
  args,
  answer({ component, ...rest }, telemetry) {
    const within = windowOf(rest, telemetry.now, HALF_AN_HOUR);
    const found = telemetry.objects({ within, ...(component === undefined ? {} : { component }) });
    return { within, rows: found.map(({ arrival: _, ...object }) => object), keep: "last" };
  },
});
