import * as z from "zod";
import type { Instant, Millis, Telemetry, Window } from "../telemetry/model.ts";
import { bounded, type Kept } from "./bounded.ts";

/** What a tool found, before it is cut to size. */
export interface Found {
  readonly rows: readonly object[];
  /** Which end stays when there are too many; the first unless said. */
  readonly keep?: Kept;
  readonly within?: Window;
  /** Something was left out already. */
  readonly truncated?: boolean;
  /** Names of the columns, where a row is a list. */
  readonly columns?: readonly string[];
}
export interface Answer extends Omit<Found, "keep"> {
  readonly tool: string;
  /** Telemetry time: nothing that arrived later is in the answer. */
  readonly now: Instant;
  readonly truncated: boolean;
}
/** A read-only question about telemetry, for agents that are not ours. Its answer has a largest size. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  /** JSON schema of its arguments. */
  readonly arguments: { readonly properties?: Readonly<Record<string, unknown>> };
  /** @throws ArgumentError */
  ask(args: unknown, telemetry: Telemetry): Promise<Answer>;
}
/** The arguments are wrong; the message says what is, for who gave them. */
export class ArgumentError extends Error {}

export interface Plan<S extends z.ZodObject> {
  readonly name: string;
  readonly description: string;
  readonly args: S;
  answer(args: z.output<S>, telemetry: Telemetry): Found | Promise<Found>;
}

export function tool<S extends z.ZodObject>({ name, description, args, answer }: Plan<S>): Tool {
  return {
    name,
    description,
    arguments: z.toJSONSchema(args, { io: "input" }) as Tool["arguments"],
    async ask(given, telemetry) {
      const read = args.safeParse(given);
      if (!read.success) throw new ArgumentError(faultsOf(read.error));
      const { rows, keep, truncated = false, ...rest } = await answer(read.data, telemetry);
      const { limit = rows.length } = read.data as { readonly limit?: number };
      const fitting = bounded(rows, limit, keep);
      return {
        tool: name,
        now: telemetry.now,
        ...rest,
        rows: fitting.rows,
        truncated: truncated || fitting.truncated,
      };
    },
  };
}

/** All that is wrong, in one line. */
export function faultsOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message)).join("; ");
}

/** How far back a tool looks unless it is told. */
export const LATELY: Millis = 5 * 60_000;
export const windowArgs = {
  from: z.number().min(0).optional().describe("start, ms since 1970; five minutes before `to` unless said otherwise"),
  to: z.number().min(0).optional().describe("end (exclusive), ms since 1970; now, and never later than now"),
};

/** The window that is meant, cut off at now: there is nothing to be had from later. */
export function windowOf(
  { from, to }: { readonly from?: Instant | undefined; readonly to?: Instant | undefined },
  now: Instant,
  usual: Millis = LATELY,
): Window {
  const end = Math.min(to ?? now, now);
  return { from: Math.min(from ?? Math.max(0, end - usual), end), to: end };
}

export function limitArg(usual: number, most: number) {
  return z.int().min(1).max(most).default(usual).describe(`at most so many rows; up to ${most}`);
}
export const componentArg = z
  .string()
  .max(200)
  .optional()
  .describe("one component by its exact name; all unless given");
