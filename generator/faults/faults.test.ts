import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ask } from "./adapters/socket.ts";
import { openIntents } from "./journal-record.ts";
import { edgeLatency } from "./kinds/edge-latency.ts";
import { javaWorkerExhaustion } from "./kinds/java-worker-exhaustion.ts";
import { EDGE, stage, users } from "./testing/stage.ts";

const never = new AbortController().signal;
const slow = edgeLatency(EDGE, { delayMs: 150, jitterMs: 0 }, 60_000);

describe("a fault", () => {
  it("acts on real exchanges, says since when, and is gone when it is disposed of", async () => {
    await using on = await stage();
    using _ = users(on);
    const requestedAt = Date.now();
    const injection = await slow.inject(on.scene, never);
    expect(injection.effective.notBefore).toBeGreaterThanOrEqual(requestedAt);
    expect(injection.effectiveAt).toBeLessThan(requestedAt + 3_000);
    expect(await on.call()).toBeGreaterThan(140);
    await injection[Symbol.asyncDispose]();
    expect(injection.outcome()).toBe("restored");
    expect(await on.call()).toBeLessThan(140);
    const records = await on.scene.journal.records();
    expect(openIntents(records)).toEqual([]);
    const kinds = records.map(({ kind }) => kind);
    expect(kinds.indexOf("intent")).toBeLessThan(kinds.indexOf("applied"));
    await injection[Symbol.asyncDispose]();
  });

  it("that is aborted half-way leaves nothing", async () => {
    await using on = await stage();
    const stop = new AbortController();
    const injecting = slow.inject(on.scene, stop.signal); // no user calls: the mechanism cannot act yet
    setTimeout(() => stop.abort(), 600);
    await expect(injecting).rejects.toThrow(/abort/i);
    expect(openIntents(await on.scene.journal.records())).toEqual([]);
    expect(await on.call()).toBeLessThan(140);
  });

  it("on an edge that somebody else has shaped is refused, and nothing is written", async () => {
    await using on = await stage();
    const shape = { op: "shape", edge: EDGE, shape: { delay: 1 }, ttlMs: 5_000, token: "theirs" };
    await ask(on.scene.target.edgeSocket, shape);
    await expect(slow.inject(on.scene, never)).rejects.toMatchObject({ exitCode: 2 });
    expect((await on.scene.journal.records()).map(({ kind }) => kind)).not.toContain("intent");
  });

  it("on what the target does not have is refused", async () => {
    await using on = await stage();
    const elsewhere = edgeLatency("otel-sample-app->store", { delayMs: 1, jitterMs: 0 }, 60_000);
    await expect(elsewhere.inject(on.scene, never)).rejects.toMatchObject({ exitCode: 2 });
  });

  it("whose users do not exist is a dud for them, and never throws", { timeout: 20_000 }, async () => {
    await using on = await stage();
    using _ = users(on);
    const stop = new AbortController();
    const injection = await slow.inject(on.scene, stop.signal);
    setTimeout(() => stop.abort(), 1_500);
    expect(await injection.verify()).toMatchObject({ mechanism: true, users: false });
    await injection[Symbol.asyncDispose]();
  });

  it("needs a time limit between a second and half an hour", () => {
    const make = (ttl: number) => () => edgeLatency(EDGE, { delayMs: 1, jitterMs: 0 }, ttl);
    for (const ttl of [0, 999, 30 * 60_000 + 1, Number.NaN]) expect(make(ttl)).toThrow(RangeError);
    expect(make(1_000)).not.toThrow();
  });

  it("ends by itself when its time is over", { timeout: 15_000 }, async () => {
    await using on = await stage();
    using _ = users(on);
    const brief = edgeLatency(EDGE, { delayMs: 150, jitterMs: 0 }, 1_500);
    const injection = await brief.inject(on.scene, never);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await on.call()).toBeLessThan(140);
    await injection[Symbol.asyncDispose]();
    expect(injection.outcome()).toBe("already");
  });
});

describe("the plan of a fault", () => {
  const state = { token: "t", ttlMs: 60_000, edgeSocket: "/e", on: "java-otel-sample-app" };
  const process = { pid: 7, startTime: "1", bootId: "b", what: "java-otel-sample-app" };
  const fault = javaWorkerExhaustion("java-otel-sample-app", { share: 0.3, holdMs: 5_000, failing: 0.25 }, 60_000);
  it("is data that can be read in another process", () =>
    expect(JSON.parse(JSON.stringify({ state, process, fault })).fault).toMatchObject({
      kind: "java-worker-exhaustion",
      params: { share: 0.3 },
    }));
});

describe("an adapter's write", () => {
  it("is called by the shared injection path alone", async () => {
    const root = join(import.meta.dirname, "..");
    const files = (await readdir(root, { recursive: true })).filter((file) => file.endsWith(".ts"));
    const callers: string[] = [];
    for (const file of files) {
      const text = await readFile(join(root, file), "utf8");
      if (/\b(proxy|control|kill|throttle|release|store)\.apply\(|\bwrite\((intent\.)?forward\)/.test(text))
        callers.push(file);
    }
    const path = ["faults/adapters/all.ts", "faults/in-force.ts", "faults/inject.ts"];
    const programs = callers.filter((file) => !/\.test\.ts$|\/testing\//.test(file));
    expect(programs.sort()).toEqual(path);
  });
});
