import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { ask } from "../../generator/faults/adapters/socket.ts";
import type { Millis } from "../../generator/targets/target.ts";
import type { Bin, Users } from "../../generator/traffic/users.ts";

/** Two looks, so far apart: the noise of arrivals at ten requests a second is a tenth then. */
const MEASURED: Millis = 10_000;
const Stats = z.object({ edges: z.record(z.string(), z.object({ exchanges: z.number() })) });

/** Users of whom nothing is known. */
export const NOBODY: Users = { bins: () => [] };

/**
 * What users send to each app, counted on the paths by which they come in. How they fare is not known: whoever moves a
 * dose by that must leave it, so nothing is told of any time after this.
 */
export async function measuredUsers(edgeSocket: string, signal: AbortSignal): Promise<Users> {
  const from = Date.now();
  const before = await exchanges(edgeSocket);
  await sleep(MEASURED, undefined, { signal });
  const after = await exchanges(edgeSocket);
  const to = Date.now();
  return {
    bins(since, app) {
      const path = `front->${app}`;
      const n = app === undefined ? 0 : (after[path] ?? 0) - (before[path] ?? 0);
      return [bin(from, n), bin(to, 0)].filter((one) => one.from >= since);
    },
  };
}

const bin = (from: Millis, n: number): Bin => ({ from, n, bad: 0, p95: 0 });

async function exchanges(socket: string): Promise<Readonly<Record<string, number>>> {
  const { edges } = Stats.parse(await ask(socket, { op: "stats" }));
  return Object.fromEntries(Object.entries(edges).map(([edge, one]) => [edge, one.exchanges]));
}
