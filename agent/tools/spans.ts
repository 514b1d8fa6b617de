import * as z from "zod";
import type { Span } from "../telemetry/model.ts";
import { componentArg, limitArg, tool, windowArgs, windowOf } from "./tool.ts";

const KINDS = ["server", "client", "producer", "consumer", "internal"] as const;

export const spans = tool({
  name: "spans",
  description:
    "Spans that ended in the window, oldest first, with what they lasted in ms, attributes and exceptions; the newest stay when there are too many.",
  args: z.strictObject({
    component: componentArg,
    kind: z.enum(KINDS).optional(),
    name: z.string().max(200).optional().describe("exact name of the span"),
    failed: z.boolean().optional(),
    minMs: z.number().min(0).default(0).describe("only those that lasted at least so long"),
    ...windowArgs,
    limit: limitArg(50, 500),
  }),
  answer({ component, kind, name, failed, minMs, ...args }, telemetry) {
    const within = windowOf(args, telemetry.now);
    const found = telemetry.spans({
      within,
      ...(component === undefined ? {} : { component }),
      ...(kind === undefined ? {} : { kind }),
      ...(name === undefined ? {} : { name }),
      ...(failed === undefined ? {} : { failed }),
    });
    return { within, rows: found.filter(({ start, end }) => end - start >= minMs).map(rowOf), keep: "last" };
  },
});

export const trace = tool({
  name: "trace",
  description: "All spans of one trace, by their start.",
  args: z.strictObject({ trace: z.string().min(1).max(64), limit: limitArg(200, 1_000) }),
  answer({ trace: id }, telemetry) {
    const found = telemetry.spans({ trace: id }).toSorted((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
    return { rows: found.map(rowOf) };
  },
});

function rowOf({ arrival: _, start, end, ...span }: Span): object {
  return { start, ms: Math.round((end - start) * 1_000) / 1_000, ...span };
}
