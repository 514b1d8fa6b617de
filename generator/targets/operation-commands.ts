import * as z from "zod";
import { LONGEST_TTL } from "../faults/proxy/shape.ts";
import { APPS } from "./target.ts";

/** What an app needs to run at all is not for anybody to set. */
const FIXED = ["HOST", "PORT", "MANAGEMENT_PORT", "ADMIN_SOCKET"];

const App = z.enum(APPS);
const Summary = z.string().min(1).max(200);
const Setting = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]{0,63}$/)
  .refine((name) => !FIXED.includes(name), "cannot be set");
const RollOrder = z
  .strictObject({
    op: z.literal("roll"),
    service: App,
    /** What differs from what runs; settings are laid over those in force. */
    to: z.strictObject({
      release: z.string().min(1).max(64).optional(),
      settings: z.record(Setting, z.string().max(1_000)).optional(),
    }),
    strategy: z.enum(["rolling", "recreate"]),
    change: z.strictObject({ kind: z.enum(["deploy", "config", "scale"]), summary: Summary }),
    /** Counted by a monotonic clock from the moment the command arrives. */
    ttlMs: z.number().min(1_000).max(LONGEST_TTL).optional(),
    token: z.string().min(1).max(64).optional(),
  })
  .refine(({ ttlMs, token }) => (ttlMs === undefined) === (token === undefined), "ttlMs and token come together");
export type RollOrder = z.infer<typeof RollOrder>;

const Change = z.strictObject({
  service: z.enum([...APPS, "store", "rates-provider"]),
  kind: z.enum(["deploy", "config", "job", "scale"]),
  summary: Summary,
  before: z.string().optional(),
  after: z.string().optional(),
  status: z.enum(["succeeded", "failed"]),
});

const Command = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("state") }),
  RollOrder,
  z.strictObject({ op: z.literal("rollback"), token: z.string().min(1).max(64) }),
  z.strictObject({ op: z.literal("announce"), change: Change }),
  z.strictObject({ op: z.literal("restart"), service: App }),
]);
/** One line that `operations.ts` answers; what each means stands there. */
export type Command = z.infer<typeof Command>;

/** The command in a line, or what is wrong with it. */
export function commandIn(line: string): Command | string {
  try {
    const read = Command.safeParse(JSON.parse(line));
    return read.success ? read.data : z.prettifyError(read.error);
  } catch {
    return "not JSON";
  }
}
