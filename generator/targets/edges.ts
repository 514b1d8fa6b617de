import { setTimeout as sleep } from "node:timers/promises";
import type { Proxy as Edges, ProxyLink } from "../faults/proxy/start.ts";
import { HarnessError } from "../harness-error.ts";
import { calleeOf } from "./graph.ts";
import { alive } from "./process-identity.ts";
import type { AppId, EdgeId, Millis, ServiceId } from "./target.ts";

const LOOK_EVERY: Millis = 1_000;

/** Where each path leads and, for the users' entries, on which fixed port it is found. */
export function linksOf(
  edges: readonly EdgeId[],
  ports: ReadonlyMap<ServiceId, number>,
  fronts: Readonly<Partial<Record<AppId, number>>>,
): readonly ProxyLink[] {
  return edges.map((edge) => {
    const upstream = ports.get(calleeOf(edge));
    if (upstream === undefined) throw new Error(`No port for the end of ${edge}`);
    const [, fixed] = Object.entries(fronts).find(([app]) => edge === `front->${app}`) ?? [];
    return { edge, upstreams: [upstream], ...(fixed !== undefined && { port: fixed }) };
  });
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
