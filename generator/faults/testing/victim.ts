import { setTimeout as sleep } from "node:timers/promises";
import type { OwnedProcess, RunningTarget, StoreAccess } from "../../targets/target.ts";
import { felt } from "../../traffic/users.ts";
import type { Fault } from "../fault.ts";
import { createJournal, type Journal } from "../journal.ts";
import { edgeLatency } from "../kinds/edge-latency.ts";
import { javaWorkerExhaustion } from "../kinds/java-worker-exhaustion.ts";
import { processThrottle } from "../kinds/process-throttle.ts";
import { storeLock } from "../kinds/store-lock.ts";
import { wrongUpstreamPort } from "../kinds/wrong-upstream-port.ts";
import { startReaper } from "../reaper.ts";
import { EDGE } from "./stage.ts";

/** Which way of writing is used. */
export type Way = "proxy" | "control" | "release" | "store" | "process";
/** Told on the command line: what is up, what to break, and where to stop. */
export interface Orders {
  readonly state: string;
  readonly way: Way;
  /** `before` or `after` and a kind of record, and for which of the intents: `after intent 1`; or `in force`. */
  readonly step: string;
  readonly edgeSocket: string;
  readonly operations: string;
  readonly store?: StoreAccess;
  readonly appSocket: string;
  readonly processes: readonly OwnedProcess[];
}

const TTL = 600_000;
const FAULTS: Readonly<Record<Way, Fault<object>>> = {
  proxy: edgeLatency(EDGE, { delayMs: 200, jitterMs: 0 }, TTL),
  control: javaWorkerExhaustion("java-otel-sample-app", { share: 0.5, holdMs: 5_000, failing: 0.25 }, TTL),
  release: wrongUpstreamPort("go-otel-sample-app", {}, TTL),
  store: storeLock("store", { table: "products" }, TTL),
  process: processThrottle("java-otel-sample-app", { duty: 0.1 }, TTL),
};

/**
 * A harness that is to die: it breaks something of a target that outlives it, and stops at one step, where it says so and
 * waits to be killed. Its heart goes on beating meanwhile.
 */
const orders = JSON.parse(process.argv[2] ?? "{}") as Orders;
const never = new AbortController().signal;

async function stop(step: string): Promise<void> {
  if (step !== orders.step) return;
  process.stdout.write("stopped\n");
  await sleep(600_000);
}

/** Every append is two steps: before it is on disk, and after. */
function stepping(journal: Journal): Journal {
  const seen = new Map<string, number>();
  return {
    ...journal,
    async append(entry) {
      const nth = (seen.get(entry.kind) ?? 0) + 1;
      seen.set(entry.kind, nth);
      await stop(`before ${entry.kind} ${nth}`);
      await journal.append(entry);
      await stop(`after ${entry.kind} ${nth}`);
    },
  };
}

const journal = await createJournal(orders.state, "run-1", "test");
await startReaper(journal);
const target = {
  fronts: new Map(),
  scrapes: new Map(),
  edges: [EDGE],
  edgeSocket: orders.edgeSocket,
  operations: orders.operations,
  store: orders.store,
  socket: () => orders.appSocket,
  processes: () => orders.processes,
} as unknown as RunningTarget;
const scene = { target, journal: stepping(journal), users: felt(), random: Math.random };
const injection = await FAULTS[orders.way].inject(scene, never);
await stop("in force");
await injection[Symbol.asyncDispose]();
process.stdout.write("ended\n");
process.exit(0);
