import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ask } from "../faults/adapters/socket.ts";
import { Refusal, type ServiceState } from "./deployment.ts";
import type { RollOrder } from "./operation-commands.ts";
import { serveOperations } from "./operations.ts";

const APP = "go-otel-sample-app";
const STATE: ServiceState = {
  ...{ release: "base", version: "1.8.2", settings: {}, instance: "a" },
  ...{ ready: true, restarts: 0, busy: false },
};
const ROLL = {
  op: "roll",
  service: APP,
  to: { release: "quiet" },
  strategy: "rolling",
  change: { kind: "deploy", summary: "dependency updates" },
};
const LEASE = { ttlMs: 60_000, token: "t1" };

let root = "";
let path = "";
let server: AsyncDisposable;
let done: unknown[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "ops-"));
  path = join(root, "ops.sock");
  done = [];
  const app = {
    state: () => STATE,
    roll(order: RollOrder) {
      if (order.to.release === "none") throw new Refusal("no release none at hand");
      done.push(order);
      return "c1";
    },
    rollback: (token: string) => token === "t1",
    restart: () => void done.push("restart"),
  };
  server = await serveOperations(path, {
    apps: new Map([[APP, app]]),
    announce(change) {
      done.push(change);
      return "c2";
    },
  });
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await rm(root, { recursive: true });
});

describe("the operations socket", () => {
  it("is its owner's alone, and gone at the end", async () => {
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await server[Symbol.asyncDispose]();
    await expect(ask(path, { op: "state" })).rejects.toThrow("Nobody listens");
  });

  it("tells the state", async () => {
    expect(await ask(path, { op: "state" })).toEqual({ ok: true, at: expect.any(Number), services: { [APP]: STATE } });
  });

  it("carries out what is in order", async () => {
    expect(await ask(path, { ...ROLL, ...LEASE })).toMatchObject({ ok: true, changeId: "c1" });
    expect(await ask(path, { op: "rollback", token: "t1" })).toMatchObject({ ok: true, was: "restored" });
    expect(await ask(path, { op: "rollback", token: "t2" })).toMatchObject({ ok: true, was: "already" });
    expect(await ask(path, { op: "restart", service: APP })).toMatchObject({ ok: true });
    const change = { service: "store", kind: "job", summary: "stock-backfill started", status: "succeeded" };
    expect(await ask(path, { op: "announce", change })).toMatchObject({ ok: true, changeId: "c2" });
    expect(done).toEqual([{ ...ROLL, ...LEASE }, "restart", change]);
  });

  const refused: readonly (readonly [why: string, message: object, error: RegExp])[] = [
    ["a release that is not at hand", { ...ROLL, to: { release: "none" } }, /no release none/],
    ["an app that does not run", { op: "restart", service: "otel-sample-app" }, /does not run here/],
    ["an app that there is none of", { ...ROLL, service: "store" }, /service/],
    ["a time limit without a token", { ...ROLL, ttlMs: 60_000 }, /come together/],
    ["a token without a time limit", { ...ROLL, token: "t1" }, /come together/],
    ["a time limit above 30 min", { ...ROLL, ...LEASE, ttlMs: 1_860_000 }, /ttlMs/],
    ["what the app needs to run at all", { ...ROLL, to: { settings: { PORT: "1" } } }, /settings.PORT/],
    ["a job as a roll", { ...ROLL, change: { kind: "job", summary: "x" } }, /kind/],
    ["what it does not know", { op: "stop" }, /op/],
  ];
  for (const [why, message, error] of refused)
    it(`refuses ${why}`, async () => {
      expect(await ask(path, message)).toEqual({ ok: false, error: expect.stringMatching(error) });
      expect(done).toEqual([]);
    });
});
