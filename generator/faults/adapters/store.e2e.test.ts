import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Ownership } from "../../targets/ownership.ts";
import { freePorts } from "../../targets/ports.ts";
import { type Store, startStore } from "../../targets/store.ts";
import { holdLocks, type Locks } from "../job-lock.ts";
import { type OperationsServer, operationsServer } from "../testing/operations-server.ts";
import { stateOn } from "../testing/state.ts";
import { store } from "./store.ts";

/** A real PostgreSQL with the apps' data, and whoever puts a job's start on the feed. */
let root: string;
let server: Store;
let ops: OperationsServer;
let access: { host: string; port: number; database: string; user: string; password: string };
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "lock-"));
  const [port = 0] = await freePorts(1);
  const directory = join(root, "store");
  await mkdir(directory, { mode: 0o700 });
  const database = { name: "store", user: "orders", password: "orders" };
  const ownership = new Ownership(root, async () => undefined);
  const options = { directory, log: join(root, "store.log"), port, database, ownership };
  server = await startStore(options, AbortSignal.timeout(50_000));
  ops = await operationsServer(join(root, "ops.sock"));
  access = { host: "127.0.0.1", port, database: "store", user: "orders", password: "orders" };
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await ops[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

let next = 0;
let job: ReturnType<typeof planned>;
beforeEach(() => {
  job = planned({ table: "products" });
});

function planned(locks: Locks, ttlMs = 60_000) {
  next += 1;
  const state = { ...stateOn("store"), token: String(next), at: Date.now(), ttlMs };
  const intent = holdLocks({ ...state, store: access, operations: join(root, "ops.sock") }, locks);
  const { forward, inverse, precondition } = intent;
  if (forward.kind !== "store.lock" || inverse.kind !== "store.end-session" || precondition.kind !== "no-session")
    throw new Error("not a job");
  return { forward, inverse, precondition };
}

/** Milliseconds that a statement takes; undefined when it is still waiting after a second. */
async function takes(sql: string): Promise<number | undefined> {
  const client = new pg.Client(access);
  await client.connect();
  const from = performance.now();
  try {
    await client.query("set statement_timeout = 1000");
    await client.query(sql);
    return performance.now() - from;
  } catch {
    return undefined;
  } finally {
    await client.end();
  }
}
const PRODUCT = "select name from products where id = 7";
const user = (id: number): string => `update users set orders = orders where id = ${id}`;

describe("a job's locks", { timeout: 20_000 }, () => {
  it("make others wait, are seen, and are announced", async () => {
    await store.apply(job.forward);
    const waiting = takes(PRODUCT);
    await expect.poll(() => store.meter(job.forward)).toEqual({ "sessions.held": 1, "sessions.waiting": 1 });
    expect(await waiting).toBeUndefined();
    const change = { service: "store", kind: "job", summary: "stock-backfill started", status: "succeeded" };
    expect(ops.heard.at(-1)).toMatchObject({ op: "announce", change });
    expect(await store.undo(job.inverse)).toBe("restored");
    expect(await takes(PRODUCT)).toBeLessThan(500);
    expect(await store.meter(job.forward)).toEqual({ "sessions.held": 0, "sessions.waiting": 0 });
    expect(await store.undo(job.inverse)).toBe("already");
  });

  it("on rows leave the other rows alone", async () => {
    const some = planned({ table: "users", rows: 10 });
    await store.apply(some.forward);
    expect(await takes(user(10))).toBeUndefined();
    expect(await takes(user(11))).toBeLessThan(500);
    expect(await store.undo(some.inverse)).toBe("restored");
    expect(await takes(user(10))).toBeLessThan(500);
  });

  it("end by themselves when their time is over", async () => {
    const brief = planned({ table: "products" }, 1_500);
    await store.apply(brief.forward);
    expect(await takes(PRODUCT)).toBeUndefined();
    await sleep(1_000);
    expect(await takes(PRODUCT)).toBeLessThan(500);
    expect(await store.undo(brief.inverse)).toBe("already");
  });

  it("that cannot be had leave no session behind", async () => {
    await store.apply(job.forward);
    const second = planned({ table: "products" });
    await expect(store.apply(second.forward)).rejects.toThrow(/lock timeout/);
    await expect.poll(() => store.holds(second.precondition)).toBe(true);
    await store.undo(job.inverse);
  });
});

describe("ending a job's session", { timeout: 20_000 }, () => {
  it("finds nothing where there never was one", async () => {
    expect(await store.holds(job.precondition)).toBe(true);
    expect(await store.undo(job.inverse)).toBe("already");
  });

  it("leaves a session of the same name alone that began earlier", async () => {
    const theirs = new pg.Client({ ...access, application_name: job.forward.applicationName });
    await theirs.connect();
    const later = { ...job.inverse, notBefore: Date.now() + 1_000 };
    expect(await store.holds(job.precondition)).toBe(false);
    expect(await store.undo(later)).toBe("already");
    expect((await theirs.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    await theirs.end();
  });

  it("has nothing to do when the store is gone", async () => {
    const [port = 0] = await freePorts(1);
    expect(await store.undo({ ...job.inverse, access: { ...access, port } })).toBe("already");
  });
});
