import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask } from "../faults/adapters/socket.ts";
import { Ownership } from "./ownership.ts";
import { freePorts } from "./ports.ts";
import { startProvider } from "./provider.ts";
import { ProviderDesk } from "./provider-desk.ts";
import type { OwnedProcess } from "./target.ts";

const set = (value: unknown, ttlMs: unknown = 1_000, token = "t1"): string =>
  JSON.stringify({ op: "set", key: "answer.status", value, ttlMs, token });

describe("a provider's desk", () => {
  it("has requests refused for a time, and counts them", () => {
    let now = 0;
    const desk = new ProviderDesk({ pid: 1, startedAt: 2 }, () => now);
    expect(desk.refusal()).toBeUndefined();
    expect(desk.answer(set(503))).toMatchObject({ ok: true });
    expect([desk.refusal(), desk.refusal()]).toEqual([503, 503]);
    now = 1_000;
    expect(desk.refusal()).toBeUndefined();
    expect(desk.answer('{"op":"meters"}')).toEqual({ ok: true, meters: { "answers.refused": 2 } });
  });

  it("lets only the one who set it clear it, or somebody who clears all", () => {
    const desk = new ProviderDesk({ pid: 1, startedAt: 2 }, () => 0);
    desk.answer(set(503));
    desk.answer('{"op":"clear","token":"t2"}');
    expect(desk.refusal()).toBe(503);
    desk.answer('{"op":"clear","token":"t1"}');
    expect(desk.refusal()).toBeUndefined();
    desk.answer(set(429));
    desk.answer('{"op":"clear"}');
    expect(desk.refusal()).toBeUndefined();
  });

  it("refuses what is not in order", () => {
    const desk = new ProviderDesk({ pid: 1, startedAt: 2 }, () => 0);
    for (const line of [set(200), set("503"), set(503, 0), set(503, 1_860_000), set(503, null), '{"op":"x"}', "x"])
      expect(desk.answer(line)).toMatchObject({ ok: false, error: expect.any(String) });
    expect(desk.refusal()).toBeUndefined();
  });
});

describe("the running provider", () => {
  let root = "";
  let port = 0;
  let provider: AsyncDisposable;
  const told: OwnedProcess[] = [];
  const rates = (): Promise<number> =>
    fetch(`http://127.0.0.1:${port}/rates?currency=EUR`).then(({ status }) => status);
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "app-"));
    [port = 0] = await freePorts(1);
    const ownership = new Ownership(root, async (processes) => void told.push(...processes));
    const [log, socket] = [join(root, "rates.log"), join(root, "rates.sock")];
    provider = await startProvider({ directory: root, log, port, socket, ownership }, AbortSignal.timeout(10_000));
  });
  afterAll(async () => {
    await provider[Symbol.asyncDispose]();
    await rm(root, { recursive: true });
  });

  it("is operated by its owner alone", async () => {
    const socket = join(root, "rates.sock");
    expect((await stat(socket)).mode & 0o777).toBe(0o600);
    expect(await ask(socket, { op: "hello" })).toMatchObject({ ok: true, pid: told[0]?.pid, release: "base" });
    expect(await rates()).toBe(200);
    await ask(socket, JSON.parse(set(503)));
    expect(await rates()).toBe(503);
    await ask(socket, { op: "clear", token: "t1" });
    expect(await rates()).toBe(200);
    expect(await ask(socket, { op: "meters" })).toEqual({ ok: true, meters: { "answers.refused": 1 } });
  });
});
