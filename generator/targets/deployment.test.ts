import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Deployment } from "./deployment.ts";
import type { RollOrder } from "./operation-commands.ts";
import { alive } from "./process-identity.ts";
import { APP, type SmallApp, smallApp } from "./testing/small-app.ts";

// The same, faster: given up at the third death.
vi.mock("./back-off.ts", () => ({
  LONGEST_WAIT: 50,
  backOff: (deaths: readonly number[]) => (deaths.length > 2 ? undefined : 50),
}));
let on: SmallApp;
let app: Deployment;
beforeEach(async () => {
  on = await smallApp();
  app = on.app;
});
afterEach(async () => {
  await on[Symbol.asyncDispose]();
  for (const one of on.told.flat()) expect(await alive(one)).toBe(false);
});

const LEASE = { ttlMs: 60_000, token: "t1" };
function order(to: RollOrder["to"], more: Partial<RollOrder> = {}): RollOrder {
  const change = { kind: "deploy", summary: "dependency updates" } as const;
  return { op: "roll", service: APP, to, strategy: "rolling", change, ...more };
}
const idle = (): Promise<void> =>
  vi.waitUntil(() => !app.state().busy, { timeout: 8_000, interval: 20 }).then(() => {});
function answer(port: number | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, agent: false }, (response) =>
      response.on("data", (chunk) => resolve(String(chunk))),
    ).on("error", reject);
  });
}

describe("a rolling change", () => {
  it("leads users to a warm new instance, and ends the old one after that", async () => {
    const id = app.roll(order({ release: "quiet", settings: { COLOUR: "blue" } }));
    expect(app.state()).toMatchObject({ release: "base", version: "1.0.0", instance: "i0", busy: true });
    await idle();
    expect(app.state()).toEqual({
      release: "quiet",
      version: "1.1.0",
      settings: { COLOUR: "blue" },
      instance: "i1",
      pid: on.told.at(-1)?.at(-1)?.pid,
      ready: true,
      restarts: 0,
      busy: false,
    });
    expect(on.warmed).toEqual(on.leads);
    expect(await answer(on.leads[0])).toBe("blue");
    const summary = "release 1.1.0: dependency updates";
    expect(on.announced).toEqual([
      { id, kind: "deploy", summary, before: "1.0.0", after: "1.1.0", status: "succeeded" },
    ]);
    // both were named while both ran
    expect(on.told.at(-1)).toHaveLength(2);
    expect(await on.events()).toEqual(["i0 started", "i0 ready", "i1 started", "i1 ready", "i0 exited"]);
  });

  it("goes on from what runs, in the other place", async () => {
    const config = { kind: "config", summary: "COLOUR updated" } as const;
    app.roll(order({ settings: { COLOUR: "blue" } }, { change: config }));
    await idle();
    app.roll(order({ settings: { SIZE: "3" } }, { change: config }));
    await idle();
    expect(app.state()).toMatchObject({ version: "1.0.0", settings: { COLOUR: "blue", SIZE: "3" } });
    expect(on.announced).toMatchObject([{ before: "red", after: "blue" }, { after: "3" }]);
    expect(on.announced[1]).not.toHaveProperty("before");
    expect(new Set(on.leads).size).toBe(2);
  });

  it("to what dies at its start changes nothing but is announced as failed", async () => {
    app.roll(order({ release: "boot" }, LEASE));
    expect(app.state().token).toBe("t1");
    await idle();
    expect(app.state()).toMatchObject({ release: "base", instance: "i0", ready: true });
    expect(app.state()).not.toHaveProperty("token");
    expect(on.announced).toMatchObject([{ after: "1.1.0", status: "failed" }]);
    expect([on.leads, on.failures]).toEqual([[], []]);
  });

  it("that is taken back on its way never happened", async () => {
    app.roll(order({ release: "late" }, LEASE));
    await sleep(300);
    expect(app.rollback("t1")).toBe(true);
    await idle();
    expect(app.state()).toMatchObject({ release: "base", instance: "i0" });
    expect(app.state()).not.toHaveProperty("token");
    expect([on.announced, on.leads, on.failures]).toEqual([[], [], []]);
  });

  it("is over when the run ends", async () => {
    app.roll(order({ release: "late" }));
    await sleep(300);
    await app.stop();
    expect(() => app.roll(order({}))).toThrow("is being ended");
    expect([on.announced, on.failures]).toEqual([[], []]);
  });
});

describe("a change that recreates", () => {
  it("waits for nobody, lets what dies be started again, and goes back", async () => {
    app.roll(order({ release: "boot" }, { ...LEASE, strategy: "recreate" }));
    await idle();
    expect(app.state()).toMatchObject({ release: "boot", version: "1.1.0", ready: false, token: "t1" });
    await vi.waitUntil(() => app.state().restarts > 3, { timeout: 5_000 });
    expect(app.rollback("t1")).toBe(true);
    expect(app.rollback("t1")).toBe(true);
    await idle();
    expect(app.state()).toMatchObject({ release: "base", version: "1.0.0", ready: true, restarts: 0 });
    expect(app.rollback("t1")).toBe(false);
    expect(on.announced).toMatchObject([
      { id: "c0", before: "1.0.0", after: "1.1.0", status: "succeeded" },
      { id: "c1", kind: "deploy", summary: "rollback to 1.0.0", before: "1.1.0", after: "1.0.0", status: "succeeded" },
    ]);
    expect(on.failures).toEqual([]);
    expect((await on.events()).slice(0, 5)).toEqual(["i0 started", "i0 ready", "i0 exited", "i1 started", "i1 exited"]);
  });
});

describe("a change for a time", () => {
  it("goes back by itself", async () => {
    app.roll(order({ release: "quiet" }, { ttlMs: 1_000, token: "t1" }));
    await idle();
    expect(app.state()).toMatchObject({ release: "quiet", token: "t1" });
    await vi.waitUntil(() => app.state().token === undefined, { timeout: 5_000 });
    expect(app.state()).toMatchObject({ release: "base", version: "1.0.0", ready: true, busy: false });
    expect(on.announced).toHaveLength(2);
  });

  it("goes back to a standing change before it", async () => {
    app.roll(order({ release: "quiet" }));
    await idle();
    app.roll(order({ settings: { COLOUR: "blue" } }, LEASE));
    await idle();
    app.rollback("t1");
    await idle();
    expect(app.state()).toMatchObject({ release: "quiet", version: "1.1.0", settings: {} });
  });
});

describe("what is refused", () => {
  it("is a second change at once, one of what another has rolled, and a release that was not built", async () => {
    expect(() => app.roll(order({ release: "nope" }))).toThrow("no release nope");
    app.roll(order({ release: "quiet" }, LEASE));
    expect(() => app.roll(order({}))).toThrow("busy");
    expect(() => app.restart()).toThrow("busy");
    await idle();
    expect(() => app.roll(order({}))).toThrow("rolled by t1");
    expect(app.rollback("t2")).toBe(false);
    expect(on.leads).toHaveLength(1);
  });
});

describe("a restart", () => {
  it("gives another process in the same place at once, and is no change", async () => {
    const before = app.state();
    app.restart();
    await idle();
    const after = app.state();
    expect(after).toMatchObject({ release: "base", version: "1.0.0", instance: "i1", ready: true, restarts: 1 });
    expect(after.pid).not.toBe(before.pid);
    expect([on.announced, on.leads]).toEqual([[], []]);
    expect(on.told.at(-1)).toHaveLength(1);
    expect(await on.events()).toEqual(["i0 started", "i0 ready", "i0 exited", "i1 restarted", "i1 ready"]);
  });
});

describe("what cannot be kept running", () => {
  it("ends the run, unless it was rolled out", async () => {
    const run = { ...LEASE, strategy: "recreate" } as const;
    app.roll(order({ settings: { COLOUR: "blue" } }, run));
    await idle();
    app.rollback("t1");
    await idle();
    for (let death = 0; death < 3; death += 1) {
      const { pid } = app.state();
      await vi.waitUntil(() => app.state().ready && app.state().pid !== undefined, { timeout: 5_000 });
      process.kill(app.state().pid ?? 0, "SIGKILL");
      await vi.waitUntil(() => app.state().pid !== pid || on.failures.length > 0, { timeout: 5_000 });
      await vi.waitUntil(() => app.state().ready || on.failures.length > 0, { timeout: 5_000 });
    }
    expect(on.failures).toMatchObject([{ message: expect.stringMatching(/cannot be kept running: SIGKILL/) }]);
  });
});
