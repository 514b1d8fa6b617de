import * as z from "zod";
import { LONGEST_TTL, Shape } from "./proxy/shape.ts";

/** One planned write and all that is needed to take it back in another process: data, no closures. */

const Owned = z.object({ pid: z.int(), startTime: z.string(), bootId: z.string(), what: z.string() });
const Ttl = z.number().min(1_000).max(LONGEST_TTL);

/** What is to be done. */
export const Forward = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("proxy.shape"),
    socket: z.string(),
    edge: z.string(),
    shape: Shape,
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
]);
export type Inverse = z.infer<typeof Inverse>;

/** What must hold before the write. */
export const Probe = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("edge-free"), socket: z.string(), edge: z.string() }),
  z.object({ kind: z.literal("same-instance"), socket: z.string(), pid: z.int(), startedAt: z.number() }),
]);
export type Probe = z.infer<typeof Probe>;

export const Intent = z.object({
  id: z.string(),
  adapter: z.enum(["proxy", "control"]),
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

/** Shapes the network path that the fault is on. */
export function shapeEdge(state: Lease & { readonly edgeSocket: string; readonly on: string }, shape: Shape): Intent {
  const { ttlMs, edgeSocket: socket, on: edge } = state;
  const token = `${state.token}.e`;
  return {
    id: token,
    adapter: "proxy",
    subject: edge,
    forward: { kind: "proxy.shape", socket, edge, shape, ttlMs, token },
    inverse: { kind: "proxy.clear", socket, edge, token },
    precondition: { kind: "edge-free", socket, edge },
    ttlMs,
    fallback: "none",
  };
}

/** An app as it was found: its operation socket, its process, and its start by its own clock. */
export interface AppState {
  readonly socket: string;
  readonly process: z.infer<typeof Owned>;
  readonly startedAt: number;
}

/** Sets one number in a running app. Throws when the fault is not on an app. */
export function setKey(state: Lease & { readonly app: AppState | undefined }, key: string, value: number): Intent {
  if (state.app === undefined) throw new TypeError(`${key} is set in an app, not on an edge`);
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
    fallback: "restart",
  };
}
