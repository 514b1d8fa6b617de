import * as z from "zod";
import type { Forward, Inverse, Probe } from "../intent.ts";
import type { Adapter, Of } from "./adapter.ts";
import { operations } from "./operations.ts";
import { ask, Gone } from "./socket.ts";

const Done = z.object({ ok: z.literal(true), at: z.number() });
const Edge = z.object({
  exchanges: z.number(),
  shaped: z.number(),
  connections: z.number(),
  held: z.number(),
  token: z.string().optional(),
});
const Stats = z.object({ ok: z.literal(true), edges: z.record(z.string(), Edge) });

/** Shapes on network paths; the process that hosts the paths holds the time limit. */
export const proxy: Adapter<Of<Forward, "proxy.shape">, Of<Inverse, "proxy.clear">, Of<Probe, "edge-free">> = {
  async holds({ socket, edge }) {
    return (await look(socket, edge)).token === undefined;
  },
  async apply(forward) {
    const { socket, edge, shape, ttlMs, token } = forward;
    await announce(forward);
    const { at } = Done.parse(await ask(socket, { op: "shape", edge, shape, ttlMs, token }));
    return { acknowledgedAt: at };
  },
  async meter({ socket, edge, token }) {
    const seen = await look(socket, edge);
    return {
      "edge.exchanges": seen.exchanges,
      "edge.shaped": seen.token === token ? seen.shaped : 0,
      "edge.held": seen.held,
    };
  },
  async undo({ socket, edge, token }) {
    try {
      const before = await look(socket, edge);
      if (before.token === undefined) return "already";
      if (before.token !== token) return "superseded";
      await ask(socket, { op: "clear", edge, token });
      return (await look(socket, edge)).token === token ? "failed" : "restored";
    } catch (error) {
      if (error instanceof Gone) return "already";
      throw error;
    }
  },
};

/** Once: another dose of the same shape is no other change. */
async function announce({ change, socket, edge, token }: Of<Forward, "proxy.shape">): Promise<void> {
  if (change === undefined || (await look(socket, edge)).token === token) return;
  const { operations: platform, service, summary } = change;
  await operations(platform).announce({ service, kind: "config", summary, status: "succeeded" });
}

async function look(socket: string, edge: string): Promise<z.infer<typeof Edge>> {
  const { edges } = Stats.parse(await ask(socket, { op: "stats" }));
  const found = edges[edge];
  if (found === undefined) throw new Error(`No edge ${edge}`);
  return found;
}
