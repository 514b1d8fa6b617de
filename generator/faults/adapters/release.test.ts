import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createJournal, inheritJournal } from "../journal.ts";
import { revertOpen } from "../revert.ts";
import { settingOut } from "../roll-out.ts";
import { type OperationsServer, operationsServer } from "../testing/operations-server.ts";
import { stateOn } from "../testing/state.ts";
import { operations, Refused } from "./operations.ts";
import { release } from "./release.ts";

const GO = "go-otel-sample-app";
let root: string;
let socket: string;
let ops: OperationsServer;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "roll-"));
  socket = join(root, "ops.sock");
  ops = await operationsServer(socket);
});
afterEach(async () => {
  await ops[Symbol.asyncDispose]();
  await rm(root, { recursive: true });
});

function planned() {
  const intent = settingOut({ ...stateOn(GO), operations: socket }, GO, "CACHE_SIZE", "10");
  const { forward, inverse, precondition } = intent;
  if (forward.kind !== "target.roll" || inverse.kind !== "release.rollback" || precondition.kind !== "not-rolled")
    throw new Error("not a roll");
  return { intent, forward, inverse, precondition };
}

/** Rolls and waits until it is done. */
async function rolled(): Promise<ReturnType<typeof planned>> {
  const plan = planned();
  await release.apply(plan.forward);
  while ((await release.meter(plan.forward))["release.rolled"] !== 1) await new Promise((go) => setTimeout(go, 10));
  return plan;
}

describe("a roll", () => {
  it("is seen when the new instance runs, not when it is asked for", async () => {
    const { forward } = planned();
    expect(await release.meter(forward)).toEqual({ "release.rolled": 0, restarts: 0, ready: 1 });
    await release.apply(forward);
    expect(await release.meter(forward)).toMatchObject({ "release.rolled": 0 });
    await rolledIs(forward, 1);
    expect(ops.services[GO].settings).toEqual({ CACHE_SIZE: "10" });
  });

  it("says how it is to be announced", async () => {
    await release.apply(planned().forward);
    expect(ops.heard).toMatchObject([{ op: "roll", change: { kind: "config", summary: "CACHE_SIZE updated" } }]);
  });

  it("is not seen in another one's roll", async () => {
    const { forward } = await rolled();
    ops.overrule(GO, "theirs");
    await rolledIs(forward, 0);
  });

  it("needs an app that nobody else has rolled", async () => {
    const { precondition, forward } = planned();
    expect(await release.holds(precondition)).toBe(true);
    ops.overrule(GO, "theirs");
    expect(await release.holds(precondition)).toBe(false);
    await expect(release.apply(forward)).rejects.toBeInstanceOf(Refused);
  });

  it("over a socket that others may open is refused", async () => {
    await chmod(socket, 0o666);
    await expect(release.apply(planned().forward)).rejects.toMatchObject({ exitCode: 2 });
    expect(ops.heard).toEqual([]);
  });

  it("ends by itself when its time is over", { timeout: 10_000 }, async () => {
    const { forward, inverse } = planned();
    await release.apply({ ...forward, ttlMs: 1_000 });
    await rolledIs(forward, 1);
    await expect.poll(() => ops.services[GO].settings, { timeout: 3_000 }).toEqual({});
    expect(await release.undo(inverse)).toBe("already");
  });
});

describe("rolling back", () => {
  it("restores, waits until it is done, and finds nothing to do the second time", async () => {
    const { inverse } = await rolled();
    expect(await release.undo(inverse)).toBe("restored");
    expect(ops.services[GO]).toMatchObject({ settings: {}, busy: false, token: undefined });
    expect(await release.undo(inverse)).toBe("already");
  });

  it("of what never was does nothing", async () => {
    expect(await release.undo(planned().inverse)).toBe("already");
    expect(ops.heard).toEqual([]);
  });

  it("waits for a roll that is still under way", async () => {
    const { forward, inverse } = planned();
    await release.apply(forward);
    expect(await release.undo(inverse)).toBe("restored");
    expect(ops.services[GO]).toMatchObject({ settings: {}, busy: false, token: undefined });
  });

  it("leaves alone what somebody else has rolled since", async () => {
    const { inverse } = await rolled();
    ops.overrule(GO, "theirs");
    expect(await release.undo(inverse)).toBe("superseded");
    expect(ops.services[GO]).toMatchObject({ release: "quiet", token: "theirs" });
  });

  it("has nothing to do when whoever kept the apps is gone", async () => {
    const { inverse } = await rolled();
    await ops[Symbol.asyncDispose]();
    expect(await release.undo(inverse)).toBe("already");
  });

  it("needs nothing but the journal", async () => {
    const journal = await createJournal(root, "run-1", "test");
    const { intent, forward } = planned();
    await journal.append({ kind: "intent", intent });
    await release.apply(forward);
    const results = await revertOpen(await inheritJournal(journal.file), "recovered");
    expect(results).toMatchObject([{ what: `${GO} CACHE_SIZE updated`, outcome: "restored" }]);
    expect(ops.services[GO].settings).toEqual({});
  });
});

describe("the keeper of the apps", () => {
  it("is asked for an app's state until nothing is under way", async () => {
    await release.apply(planned().forward);
    await operations(socket).settled(GO, AbortSignal.timeout(5_000));
    expect(ops.services[GO].busy).toBe(false);
  });
  it("that says no says why", async () => {
    ops.services[GO].busy = true;
    const change = { kind: "deploy", summary: "dependency updates" } as const;
    const roll = { service: GO, to: { release: "quiet" }, strategy: "rolling", change } as const;
    await expect(operations(socket).roll(roll)).rejects.toThrow(/busy/);
  });
});

async function rolledIs(forward: ReturnType<typeof planned>["forward"], wanted: number): Promise<void> {
  await expect.poll(async () => (await release.meter(forward))["release.rolled"], { timeout: 3_000 }).toBe(wanted);
}
