import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { alive, halted, identify, signalProcess } from "../../targets/process-identity.ts";
import type { OwnedProcess } from "../../targets/target.ts";
import type { Forward, Intent } from "../intent.ts";
import { byHand, takeBack } from "../inverse.ts";
import { processKill } from "../kinds/process-kill.ts";
import { processThrottle } from "../kinds/process-throttle.ts";
import { killProcess, throttleProcess } from "../process-intents.ts";
import { serve } from "../testing/serve.ts";
import { stage } from "../testing/stage.ts";
import type { Of } from "./adapter.ts";
import { kill, throttle } from "./process.ts";

/** Tells each tick of five milliseconds: what it gets of the time can be counted. */
const TICKS = "setInterval(() => process.stdout.write('.'), 5)";
const APP = "go-otel-sample-app";

let directory = "";
const children: ChildProcess[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "proc-"));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await rm(directory, { recursive: true, force: true });
});

/** A process of ours, and how many ticks it has told so far. */
async function target(): Promise<{ owned: OwnedProcess; child: ChildProcess; ticks(): number }> {
  const child = spawn(process.execPath, ["-e", TICKS], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  let count = 0;
  child.stdout?.on("data", (chunk: Buffer) => {
    count += chunk.length;
  });
  await once(child.stdout as NodeJS.ReadableStream, "data");
  return { owned: await identify(child.pid ?? 0, APP), child, ticks: () => count };
}

type Place = Parameters<typeof killProcess>[0];
function place(owned: OwnedProcess | undefined, on: string = APP): Place {
  return { token: "t1", ttlMs: 60_000, on, process: owned, operations: join(directory, "ops.sock") };
}
function orderOf({ forward }: Intent): Of<Forward, "process.throttle"> {
  if (forward.kind !== "process.throttle") throw new Error(forward.kind);
  return forward;
}
/** The same in another process: only what survives the journal. */
const read = (intent: Intent): Intent => JSON.parse(JSON.stringify(intent));

/** Share of looks at which a process was halted. */
async function haltedShare(owned: OwnedProcess): Promise<number> {
  let seen = 0;
  for (let look = 0; look < 30; look++) {
    if (await halted(owned)) seen++;
    await sleep(7);
  }
  return seen / 30;
}
async function ticksIn(ms: number, ticks: () => number): Promise<number> {
  const before = ticks();
  await sleep(ms);
  return ticks() - before;
}

describe("a throttled process", () => {
  it("gets its share of the time, more with another dose, and all of it afterwards", { timeout: 30_000 }, async () => {
    const { owned, ticks } = await target();
    const free = await ticksIn(1_000, ticks);
    const intent = throttleProcess(place(owned), 0.1);
    expect(await throttle.holds(intent.precondition as never)).toBe(true);
    const { acknowledgedAt } = await throttle.apply(orderOf(intent));
    expect(Date.now() - acknowledgedAt).toBeLessThan(1_000);
    expect(await throttle.holds(intent.precondition as never)).toBe(false);
    expect(await ticksIn(1_000, ticks)).toBeLessThan(free * 0.4);
    expect((await throttle.meter(orderOf(intent)))["process.halted"]).toBeGreaterThan(0.6);
    await throttle.apply({ ...orderOf(intent), duty: 0.8 });
    expect((await throttle.meter(orderOf(intent)))["process.halted"]).toBeLessThan(0.5);
    expect(await takeBack(read(intent))).toBe("restored");
    expect(await haltedShare(owned)).toBe(0);
    expect(await ticksIn(1_000, ticks)).toBeGreaterThan(free * 0.7);
    expect(await takeBack(read(intent))).toBe("already");
    await expect(stat(orderOf(intent).record)).rejects.toThrow("ENOENT");
  });

  it("runs freely within a second of the death of whoever had it throttled", { timeout: 30_000 }, async () => {
    const { owned, ticks } = await target();
    const intent = throttleProcess(place(owned), 0.05);
    const harness = await throttling(intent);
    expect(await haltedShare(owned)).toBeGreaterThan(0.6);
    const { by } = JSON.parse(await readFile(orderOf(intent).record, "utf8")) as { by: OwnedProcess };
    harness.kill("SIGKILL");
    await sleep(1_000);
    expect(await haltedShare(owned)).toBe(0);
    expect(await ticksIn(500, ticks)).toBeGreaterThan(50);
    expect(await alive(by)).toBe(false);
    expect(await takeBack(read(intent))).toBe("already");
  });

  it("is let go by another process while whoever had it throttled hangs", { timeout: 30_000 }, async () => {
    const { owned } = await target();
    const intent = throttleProcess(place(owned), 0.05);
    const harness = await throttling(intent);
    harness.kill("SIGSTOP");
    expect(await takeBack(read(intent))).toBe("restored");
    expect(await haltedShare(owned)).toBe(0);
  });

  it("is let go when the one that halts it was killed or halted itself", { timeout: 30_000 }, async () => {
    for (const signal of ["SIGKILL", "SIGSTOP"] as const) {
      const { owned } = await target();
      const intent = throttleProcess(place(owned), 0.01);
      await throttle.apply(orderOf(intent));
      const { by } = JSON.parse(await readFile(orderOf(intent).record, "utf8")) as { by: OwnedProcess };
      while (!(await halted(owned))) await sleep(5);
      await signalProcess(by, signal);
      expect(await takeBack(read(intent))).toBe("restored");
      expect([await haltedShare(owned), await alive(by)]).toEqual([0, false]);
    }
  });

  it("runs freely when the time is over, whoever lives", { timeout: 30_000 }, async () => {
    const { owned } = await target();
    const intent = throttleProcess({ ...place(owned), ttlMs: 1_500 }, 0.05);
    await throttle.apply(orderOf(intent));
    await sleep(500);
    expect(await haltedShare(owned)).toBeGreaterThan(0.6);
    await sleep(1_500);
    expect(await haltedShare(owned)).toBe(0);
    expect(await takeBack(read(intent))).toBe("already");
  });

  it("that dies meanwhile ends it all", { timeout: 30_000 }, async () => {
    const { owned, child } = await target();
    const intent = throttleProcess(place(owned), 0.5);
    await throttle.apply(orderOf(intent));
    child.kill("SIGKILL");
    await sleep(500);
    expect(await takeBack(read(intent))).toBe("already");
    await expect(throttle.apply(orderOf(intent))).rejects.toThrow("does not run any more");
  });

  it("by somebody else is left alone", { timeout: 30_000 }, async () => {
    const { owned } = await target();
    const [theirs, ours] = [
      throttleProcess(place(owned), 0.05),
      throttleProcess({ ...place(owned), token: "t2" }, 0.5),
    ];
    await throttle.apply(orderOf(theirs));
    expect(await takeBack(ours)).toBe("superseded");
    expect(await haltedShare(owned)).toBeGreaterThan(0.6);
    expect(await takeBack(theirs)).toBe("restored");
    expect(byHand(theirs)).toBe(`kill -CONT ${owned.pid}`);
  });
});

/** A harness in a process of its own that has a process throttled. */
async function throttling(intent: Intent): Promise<ChildProcess> {
  const program = join(import.meta.dirname, "..", "testing", "throttling.ts");
  const harness = spawn(process.execPath, [program, JSON.stringify(intent.forward)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(harness);
  await once(harness.stdout as NodeJS.ReadableStream, "data", { signal: AbortSignal.timeout(20_000) });
  return harness;
}

describe("a killed process", () => {
  it("is gone at once, and taken back when its supervisor has another one ready", { timeout: 30_000 }, async () => {
    const { owned } = await target();
    const intent = killProcess(place(owned));
    if (intent.forward.kind !== "process.kill") throw new Error(intent.forward.kind);
    expect(await kill.holds(intent.precondition as never)).toBe(true);
    expect(await kill.meter(intent.forward)).toEqual({ "process.gone": 0 });
    expect(await takeBack(read(intent))).toBe("already"); // it was never killed
    await kill.apply(intent.forward);
    while ((await kill.meter(intent.forward))["process.gone"] !== 1) await sleep(5);
    expect(await takeBack(read(intent))).toBe("already"); // nobody keeps it running
    let now = { pid: null as number | null, ready: false };
    const platform = await serve(place(owned).operations, () => {
      const rest = { release: "base", version: "1.0.0", settings: {}, instance: "i", restarts: 1, busy: false };
      return { ok: true, at: Date.now(), services: { [APP]: { ...rest, ...now } } };
    });
    const taking = takeBack(read(intent));
    const early = await Promise.race([taking, sleep(600, "waits")]);
    now = { pid: 4_194_304, ready: true };
    expect([early, await taking]).toEqual(["waits", "restored"]);
    await platform[Symbol.asyncDispose]();
    await expect(kill.apply(intent.forward)).rejects.toThrow("does not run any more");
  });
});

describe("a process that is not the one named", () => {
  it("is never signalled", { timeout: 30_000 }, async () => {
    const { owned, child } = await target();
    const other = { ...owned, startTime: `${Number(owned.startTime) - 1}` };
    for (const intent of [killProcess(place(other)), throttleProcess(place(other), 0.05)]) {
      expect(await kill.holds(intent.precondition as never)).toBe(false);
      const { forward } = intent;
      const applied = forward.kind === "process.kill" ? kill.apply(forward) : throttle.apply(orderOf(intent));
      await expect(applied).rejects.toThrow("does not run any more");
    }
    child.kill("SIGSTOP");
    while (!(await halted(owned))) await sleep(5);
    expect(await takeBack(throttleProcess(place(other), 0.05))).toBe("already");
    expect(await halted(owned)).toBe(true); // not even let go
    expect(await signalProcess({ ...owned, bootId: "another" }, "SIGCONT")).toBe(false);
    expect([await halted(owned), child.exitCode, child.signalCode]).toEqual([true, null, null]);
  });

  it("is never ourselves, the first process or a group of processes", async () => {
    const self = await identify(process.pid, "self");
    const first = await identify(1, "first").catch(() => ({ ...self, pid: 1 }));
    for (const one of [self, first, { ...self, pid: 0 }, { ...self, pid: -process.pid }, { ...self, pid: Number.NaN }])
      expect(await signalProcess(one, "SIGCONT")).toBe(false);
  });

  it("is refused where nobody would start it again", () => {
    const owned = { pid: 7, startTime: "1", bootId: "b", what: "store" };
    for (const on of ["store", "rates-provider", "edges"]) expect(() => killProcess(place(owned, on))).toThrow(on);
    expect(() => throttleProcess(place(undefined, "a->b"), 0.5)).toThrow("a->b");
  });
});

describe("a fault on a process", () => {
  it("acts and is taken back, be it a death or a throttle", { timeout: 30_000 }, async () => {
    await using on = await stage();
    const { owned } = await target();
    const scene = { ...on.scene, target: { ...on.scene.target, processes: () => [owned] } };
    const never = new AbortController().signal;
    const slow = await processThrottle(APP, { duty: 0.1 }, 60_000).inject(scene, never);
    expect(await haltedShare(owned)).toBeGreaterThan(0.6);
    await slow[Symbol.asyncDispose]();
    expect([slow.outcome(), await haltedShare(owned)]).toEqual(["restored", 0]);
    const rest = { release: "base", version: "1.0.0", settings: {}, instance: "i", restarts: 1, busy: false };
    await using _platform = await serve(on.scene.target.operations, () => {
      return { ok: true, at: Date.now(), services: { [APP]: { ...rest, pid: 4_194_304, ready: true } } };
    });
    const dead = await processKill(APP, {}, 60_000).inject(scene, never);
    expect(await alive(owned)).toBe(false);
    await dead[Symbol.asyncDispose]();
    expect(dead.outcome()).toBe("restored");
  });
});
