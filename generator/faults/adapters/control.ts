import * as z from "zod";
import type { Forward, Inverse, Probe } from "../intent.ts";
import type { Adapter, Meters, Of } from "./adapter.ts";
import { ask, Gone } from "./socket.ts";

const Done = z.object({ ok: z.literal(true), at: z.number() });
const Metered = z.object({ ok: z.literal(true), meters: z.record(z.string(), z.number()) });
const Hello = z.object({ ok: z.literal(true), pid: z.int(), startedAt: z.number() });

/** Who answers on an app's operation socket. Throws `Gone`. */
export async function hello(socket: string): Promise<z.infer<typeof Hello>> {
  return Hello.parse(await ask(socket, { op: "hello" }));
}

/** The numbers that an app tells of itself. Throws `Gone`. */
export async function metersOf(socket: string): Promise<Meters> {
  return Metered.parse(await ask(socket, { op: "meters" })).meters;
}

/** Numbers in running apps; the app holds the time limit. */
export const control: Adapter<Of<Forward, "control.set">, Of<Inverse, "control.clear">, Of<Probe, "same-instance">> = {
  async holds({ socket, pid, startedAt }) {
    const now = await hello(socket);
    return now.pid === pid && now.startedAt === startedAt;
  },
  async apply({ socket, key, value, ttlMs, token }) {
    const { at } = Done.parse(await ask(socket, { op: "set", key, value, ttlMs, token }));
    return { acknowledgedAt: at };
  },
  async meter({ socket }) {
    return metersOf(socket);
  },
  async undo({ socket, token, process, startedAt }) {
    try {
      const now = await hello(socket);
      if (now.pid !== process.pid || now.startedAt !== startedAt) return "already";
      Done.parse(await ask(socket, { op: "clear", token }));
      return "restored";
    } catch (error) {
      if (error instanceof Gone) return "already";
      throw error;
    }
  },
};
