import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { Ownership } from "../../targets/ownership.ts";
import { freePorts } from "../../targets/ports.ts";
import { halted, identify } from "../../targets/process-identity.ts";
import { startStore } from "../../targets/store.ts";
import type { OwnedProcess, StoreAccess } from "../../targets/target.ts";
import { holds } from "../adapters/all.ts";
import { metersOf } from "../adapters/control.ts";
import { operationsServer } from "./operations-server.ts";
import { EDGE, stage, users } from "./stage.ts";
import type { Orders, Way } from "./victim.ts";

/** What is written to, all of which outlives the harness: edges, an app's numbers, the apps' keeper, perhaps a store. */
export interface Holders extends AsyncDisposable {
  readonly orders: Omit<Orders, "way" | "step">;
  /** Whether nothing of what was written that way is left, by the meters of who held it. */
  clean(way: Way): Promise<boolean>;
}

export async function holders(options: { readonly store: boolean }): Promise<Holders> {
  await using stack = new AsyncDisposableStack();
  const on = stack.use(await stage());
  stack.use(users(on));
  const { edgeSocket, operations, processes } = on.scene.target;
  const ops = stack.use(await operationsServer(operations));
  const appSocket = join(on.state, "app.sock");
  const app = await board(appSocket, stack);
  const store = options.store ? await database(on.state, stack) : undefined;
  const all = stack.move();
  return {
    orders: {
      state: join(on.state, "state"),
      edgeSocket,
      operations,
      ...(store && { store }),
      appSocket,
      processes: [...processes(), app],
    },
    async clean(way) {
      switch (way) {
        case "proxy":
          return holds({ kind: "edge-free", socket: edgeSocket, edge: EDGE });
        case "control":
          return Object.keys(await metersOf(appSocket)).every((key) => !key.startsWith("invoice."));
        case "release": {
          const { token, busy, settings } = ops.services["go-otel-sample-app"];
          return token === undefined && !busy && Object.keys(settings).length === 0;
        }
        case "store":
          return (await jobs(store)) === 0;
        case "process":
          return !(await everHalted(app));
      }
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function board(socket: string, stack: AsyncDisposableStack): Promise<Awaited<ReturnType<typeof identify>>> {
  const script = join(import.meta.dirname, "board-process.ts");
  const child = spawn(process.execPath, [script, socket], { stdio: ["pipe", "pipe", "inherit"] });
  stack.defer(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data", { signal: AbortSignal.timeout(20_000) });
  return identify(child.pid ?? 0, "java-otel-sample-app");
}

/** A real PostgreSQL with the apps' data, in which somebody reads products all the time. */
async function database(directory: string, stack: AsyncDisposableStack): Promise<StoreAccess> {
  const [port = 0] = await freePorts(1);
  const own = join(directory, "store");
  await mkdir(own, { mode: 0o700 });
  const who = { name: "store", user: "orders", password: "orders" };
  const ownership = new Ownership(directory, async () => undefined);
  const log = join(directory, "store.log");
  const options = { directory: own, log, port, database: who, ownership };
  stack.use(await startStore(options, AbortSignal.timeout(60_000)));
  const access = { host: "127.0.0.1", port, database: "store", user: "orders", password: "orders" };
  const reader = new pg.Client(access);
  reader.on("error", () => undefined);
  await reader.connect();
  stack.defer(() => reader.end());
  const reading = new AbortController();
  const done = (async () => {
    while (!reading.signal.aborted) {
      await reader.query("select count(*) from products");
      await sleep(50);
    }
  })().catch(() => undefined);
  stack.defer(async () => {
    reading.abort();
    await done;
  });
  return access;
}

/** Whether a process is halted at any of some looks, longer than a period of its throttling. */
async function everHalted(owned: OwnedProcess): Promise<boolean> {
  for (let look = 0; look < 25; look++) {
    if (await halted(owned)) return true;
    await sleep(7);
  }
  return false;
}

/** Sessions of jobs that lock. */
async function jobs(access: StoreAccess | undefined): Promise<number> {
  const client = new pg.Client(access);
  await client.connect();
  const sql = "select 1 from pg_stat_activity where application_name like 'stock-backfill-%'";
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows.length;
}
