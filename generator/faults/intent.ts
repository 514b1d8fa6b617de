import * as z from "zod";
import { HarnessError } from "../harness-error.ts";
import { SERVICES } from "../targets/graph.ts";
import { APPS } from "../targets/target.ts";
import { LONGEST_TTL, Shape } from "./proxy/shape.ts";

/** One planned write and all that is needed to take it back in another process: data, no closures. */

const Owned = z.object({ pid: z.int(), startTime: z.string(), bootId: z.string(), what: z.string() });
const Ttl = z.number().min(1_000).max(LONGEST_TTL);
const App = z.enum(APPS);
const Access = z.object({
  host: z.string(),
  port: z.int(),
  database: z.string(),
  user: z.string(),
  password: z.string(),
});

/** What is to be done. */
export const Forward = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("proxy.shape"),
    socket: z.string(),
    edge: z.string(),
    shape: Shape,
    /** The change of policy by which it came, put on the feed just before; none: it came unannounced. */
    change: z.object({ operations: z.string(), service: z.enum(SERVICES), summary: z.string() }).optional(),
    ttlMs: Ttl,
    token: z.string(),
  }),
  z.object({
    kind: z.literal("control.set"),
    socket: z.string(),
    key: z.string(),
    value: z.number(),
    ttlMs: Ttl,
    token: z.string(),
  }),
  /** Other settings or another release, by whoever keeps the apps running, who announces it and holds the time limit. */
  z.object({
    kind: z.literal("target.roll"),
    socket: z.string(),
    service: App,
    to: z.object({ release: z.string().optional(), settings: z.record(z.string(), z.string()).optional() }),
    strategy: z.enum(["rolling", "recreate"]),
    change: z.object({ kind: z.enum(["deploy", "config", "scale"]), summary: z.string() }),
    ttlMs: Ttl,
    token: z.string(),
  }),
  /** A job that holds locks and does nothing: the first `rows` of a table by their number, or the whole of it. */
  z.object({
    kind: z.literal("store.lock"),
    access: Access,
    applicationName: z.string(),
    table: z.string(),
    rows: z.int().positive().optional(),
    /** Who puts the job's start on the feed of changes. */
    operations: z.string(),
    summary: z.string(),
    ttlMs: Ttl,
  }),
  z.object({ kind: z.literal("process.kill"), process: Owned, ttlMs: Ttl }),
  /** The process may run for `duty`, a share of the time. */
  z.object({
    kind: z.literal("process.throttle"),
    process: Owned,
    duty: z.number().min(0.01).max(0.99),
    /** File that says who halts the process, as long as somebody does. */
    record: z.string(),
    ttlMs: Ttl,
    token: z.string(),
  }),
]);
export type Forward = z.infer<typeof Forward>;

/** How it is undone; the interpreter knows these and no others. */
export const Inverse = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("proxy.clear"), socket: z.string(), edge: z.string(), token: z.string() }),
  /** The process and its start by its own clock: another instance holds nothing of ours. */
  z.object({
    kind: z.literal("control.clear"),
    socket: z.string(),
    token: z.string(),
    process: Owned,
    startedAt: z.number(),
  }),
  z.object({ kind: z.literal("release.rollback"), socket: z.string(), service: App, token: z.string() }),
  /** Sessions of that name that began at or after `notBefore`, Unix ms: an earlier one is somebody else's. */
  z.object({
    kind: z.literal("store.end-session"),
    access: Access,
    applicationName: z.string(),
    notBefore: z.number(),
  }),
  /** Whoever keeps the apps running starts it again. */
  z.object({ kind: z.literal("process.respawn"), process: Owned, operations: z.string() }),
  z.object({ kind: z.literal("process.resume"), process: Owned, record: z.string(), token: z.string() }),
]);
export type Inverse = z.infer<typeof Inverse>;

/** What must hold before the write. */
export const Probe = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("edge-free"), socket: z.string(), edge: z.string() }),
  z.object({ kind: z.literal("same-instance"), socket: z.string(), pid: z.int(), startedAt: z.number() }),
  z.object({ kind: z.literal("not-rolled"), socket: z.string(), service: App }),
  z.object({ kind: z.literal("no-session"), access: Access, applicationName: z.string() }),
  /** It runs, and nobody halts it. */
  z.object({ kind: z.literal("process-running"), process: Owned, record: z.string() }),
]);
export type Probe = z.infer<typeof Probe>;

export const Intent = z.object({
  id: z.string(),
  adapter: z.enum(["proxy", "control", "release", "store", "process"]),
  /** What is touched, in words for a person. */
  subject: z.string(),
  forward: Forward,
  inverse: Inverse,
  precondition: Probe,
  ttlMs: Ttl,
  /** What is done when the inverse cannot be confirmed: `restart` ends the process, its supervisor starts another. */
  fallback: z.enum(["restart", "none"]),
});
export type Intent = z.infer<typeof Intent>;

/** What a write and its taking back need to know of the place they happen. */
interface Lease {
  readonly token: string;
  readonly ttlMs: number;
}

/** By which change of policy a path came to its shape, and who puts it on the feed of changes. */
type Policy = NonNullable<Extract<Forward, { readonly kind: "proxy.shape" }>["change"]>;

/** Shapes the network path that the fault is on; with a policy, as its consequence. */
export function shapeEdge(
  state: Lease & { readonly edgeSocket: string; readonly on: string },
  shape: Shape,
  change?: Policy,
): Intent {
  const { ttlMs, edgeSocket: socket, on: edge } = state;
  const token = `${state.token}.e`;
  return {
    id: token,
    adapter: "proxy",
    subject: edge,
    forward: { kind: "proxy.shape", socket, edge, shape, ttlMs, token, ...(change === undefined ? {} : { change }) },
    inverse: { kind: "proxy.clear", socket, edge, token },
    precondition: { kind: "edge-free", socket, edge },
    ttlMs,
    fallback: "none",
  };
}

/** An app or the third party as it was found: its operation socket, its process, and its start by its own clock. */
export interface AppState {
  readonly socket: string;
  readonly process: z.infer<typeof Owned>;
  readonly startedAt: number;
}

/** Sets one number in a running app or in the third party. Throws (exit 2) when that does not answer or the fault is on something else. */
export function setKey(
  state: Lease & { readonly on: string; readonly app: AppState | undefined },
  key: string,
  value: number,
): Intent {
  if (state.app === undefined)
    throw new HarnessError(`${state.on} does not answer, so ${key} cannot be set there`, {
      hint: "Wait until it runs; an edge or the store has no such keys",
      exitCode: 2,
    });
  const { socket, process, startedAt } = state.app;
  const token = `${state.token}.${key}`;
  return {
    id: token,
    adapter: "control",
    subject: `${process.what} ${key}`,
    forward: { kind: "control.set", socket, key, value, ttlMs: state.ttlMs, token },
    inverse: { kind: "control.clear", socket, token, process, startedAt },
    precondition: { kind: "same-instance", socket, pid: process.pid, startedAt },
    ttlMs: state.ttlMs,
    // Nobody would start the third party again.
    fallback: process.what === "rates-provider" ? "none" : "restart",
  };
}
