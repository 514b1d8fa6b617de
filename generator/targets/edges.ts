import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { ask } from "../faults/adapters/socket.ts";
import type { Proxy as Edges, ProxyLink } from "../faults/proxy/start.ts";
import { HarnessError } from "../harness-error.ts";
import { calleeOf } from "./graph.ts";
import { alive } from "./process-identity.ts";
import type { AppId, EdgeId, Millis, ServiceId } from "./target.ts";

/** A network path: an edge, or the way by which a service's Prometheus endpoint is read, on which no fault is put. */
export type PathId = EdgeId | `scrape->${ServiceId}`;

const LOOK_EVERY: Millis = 1_000;
const VACATED_EVERY: Millis = 50;
const Routed = z.object({ ok: z.literal(true) });
const Stats = z.object({ ok: z.literal(true), edges: z.record(z.string(), z.object({ leaving: z.number() })) });

/** Where each path leads and, for the users' entries, on which fixed port it is found. */
export function linksOf(
  paths: readonly PathId[],
  ports: ReadonlyMap<ServiceId, number>,
  fronts: Readonly<Partial<Record<AppId, number>>>,
): readonly ProxyLink[] {
  return paths.map((edge) => {
    // An edge or not: its end is found by the end of its name.
    const upstream = ports.get(calleeOf(edge as EdgeId));
    if (upstream === undefined) throw new Error(`No port for the end of ${edge}`);
    const [, fixed] = Object.entries(fronts).find(([app]) => edge === `front->${app}`) ?? [];
    return { edge, upstreams: [upstream], ...(fixed !== undefined && { port: fixed }) };
  });
}

/** The paths that end at a service. */
export function pathsTo(service: string, paths: readonly string[]): readonly string[] {
  return paths.filter((path) => path.endsWith(`->${service}`));
}

/**
 * Leads paths to other instances, by their ports. When it resolves, every exchange that begins goes there; open HTTP
 * connections come along and their clients notice nothing. Exchanges under way end where they began. Throws for a path
 * that there is none of; those before it are led then.
 */
export async function lead(socket: string, paths: readonly string[], upstreams: readonly number[]): Promise<void> {
  for (const edge of paths) {
    const answer = await ask(socket, { op: "routes", edge, upstreams });
    if (!Routed.safeParse(answer).success) throw new Error(`${edge} was not led elsewhere: ${JSON.stringify(answer)}`);
  }
}

/**
 * Waits until nothing on these paths needs an instance any more to which they no longer lead: it can be told to end
 * then without a request being lost. False when the time limit comes first; rejects when the signal aborts.
 */
export async function vacated(
  socket: string,
  paths: readonly string[],
  within: Millis,
  signal: AbortSignal,
): Promise<boolean> {
  const until = performance.now() + within;
  for (;;) {
    const { edges } = Stats.parse(await ask(socket, { op: "stats" }));
    if (paths.every((path) => (edges[path]?.leaving ?? 0) === 0)) return true;
    if (performance.now() >= until) return false;
    await sleep(VACATED_EVERY, undefined, { signal });
  }
}

/** Rejects when the edges' process is gone, which would look like an incident; ends quietly with the signal. */
export async function watchEdges({ process }: Edges, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (!(await alive(process))) throw lost("The process of the network edges");
    await sleep(LOOK_EVERY, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** A part that is never restarted has ended: the run cannot go on. */
export function lost(what: string): HarnessError {
  return new HarnessError(`${what} ended during the run`, {
    hint: "Something outside the run ended it; run again",
    exitCode: 4,
  });
}
