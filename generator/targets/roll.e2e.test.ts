import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { operations } from "../faults/adapters/operations.ts";
import { ask } from "../faults/adapters/socket.ts";
import { local } from "./local.ts";
import { alive } from "./process-identity.ts";
import type { AppId, ChangeEvent, OwnedProcess, RunningTarget } from "./target.ts";

const MINUTES = 60_000;
const GO = "go-otel-sample-app";
const METRICS = "sample-metrics-app";
const told: OwnedProcess[] = [];
const ended = new AbortController();
const changes: ChangeEvent[] = [];
let target: RunningTarget;

beforeAll(async () => {
  target = await local.start(
    {
      apps: [GO],
      releases: [{ app: GO, release: "quiet" }],
      random: Math.random,
      cache: join(homedir(), ".cache", "sample-apps"),
      own: async (processes) => void told.push(...processes),
      progress: () => undefined,
    },
    AbortSignal.timeout(4 * MINUTES),
  );
  void follow();
}, 5 * MINUTES);
afterAll(async () => {
  await target[Symbol.asyncDispose]();
  for (const one of told) expect(await alive(one)).toBe(false);
  await expect(access(target.runDirectory)).rejects.toThrow();
}, MINUTES);

async function follow(): Promise<void> {
  for await (const change of target.changes(ended.signal)) changes.push(change);
}
async function settled(app: AppId) {
  const ops = operations(target.operations);
  await ops.settled(app, AbortSignal.timeout(MINUTES));
  const found = (await ops.state()).services[app];
  if (found === undefined) throw new Error(`no ${app}`);
  return found;
}

/** Users who look at stock, some on a connection of their own each time, until `done`; what they were answered. */
async function visits(done: Promise<unknown>): Promise<Map<string, number>> {
  const seen = new Map<string, number>();
  let over = false;
  void done.finally(() => {
    over = true;
  });
  const visit = async (user: number): Promise<void> => {
    for (let n = user; !over; n += 3) {
      const url = new URL(`/api/stock/sku-${String(1 + (n % 440)).padStart(4, "0")}`, target.fronts.get(GO));
      const headers = user === 0 ? { connection: "close" } : {};
      const answer = await fetch(url, { headers }).then(
        async (response) => `${(await response.arrayBuffer()) && response.status}`,
        (error: Error) => String(error.cause ?? error),
      );
      seen.set(answer, (seen.get(answer) ?? 0) + 1);
      await sleep(20);
    }
  };
  await Promise.all([0, 1, 2].map(visit));
  return seen;
}

it(
  "rolls a release beside the old one, and no user notices",
  async () => {
    const before = await settled(GO);
    const rolling = operations(target.operations)
      .roll({
        service: GO,
        to: { release: "quiet" },
        strategy: "rolling",
        change: { kind: "deploy", summary: "dependency updates" },
      })
      .then(({ changeId }) => settled(GO).then((after) => ({ changeId, after })));
    const seen = await visits(rolling);
    const { changeId, after } = await rolling;
    expect([...seen.keys()]).toEqual(["200"]);
    expect(seen.get("200")).toBeGreaterThan(50);
    expect(after).toMatchObject({ release: "quiet", ready: true, restarts: 0 });
    expect(after.version).not.toBe(before.version);
    expect(after.instance).not.toBe(before.instance);
    expect(await ask(target.socket(GO), { op: "hello" })).toMatchObject({ release: "quiet", pid: after.pid });
    expect(
      target
        .processes()
        .filter(({ what }) => what === GO)
        .map(({ pid }) => pid),
    ).toEqual([after.pid]);
    expect(changes.at(-1)).toEqual({
      id: changeId,
      at: expect.any(Number),
      service: GO,
      kind: "deploy",
      summary: `release ${after.version}: dependency updates`,
      before: before.version,
      after: after.version,
      status: "succeeded",
    });
  },
  MINUTES,
);

it(
  "recreates with another setting, and goes back; what is scraped follows",
  async () => {
    const ops = operations(target.operations);
    const scraped = (): Promise<number> => fetch(target.scrapes.get(METRICS) ?? "").then(({ status }) => status);
    const [before, socket] = [await settled(METRICS), target.socket(METRICS)];
    await ops.roll({
      service: METRICS,
      to: { settings: { RATES_URL: "http://127.0.0.1:1" } },
      strategy: "recreate",
      change: { kind: "config", summary: "RATES_URL updated" },
      ttlMs: 60_000,
      token: "t1",
    });
    const during = await settled(METRICS);
    expect(during).toMatchObject({
      token: "t1",
      version: before.version,
      settings: { RATES_URL: "http://127.0.0.1:1" },
    });
    expect(target.socket(METRICS)).not.toBe(socket);
    await expect.poll(async () => (await settled(METRICS)).ready, { timeout: 10_000 }).toBe(true);
    const quote = new URL("/api/quotes/sku-0007", target.fronts.get(METRICS));
    expect((await fetch(quote)).status).toBe(502);
    expect(await scraped()).toBe(200);
    expect(await ops.rollback("t1")).toMatchObject({ was: "restored" });
    const after = await settled(METRICS);
    expect(after).toMatchObject({ version: before.version, settings: {}, ready: true });
    expect(after.token ?? null).toBeNull();
    expect([(await fetch(quote)).status, await scraped()]).toEqual([200, 200]);
    const url = expect.stringMatching(/^http:\/\/127\.0\.0\.1:2\d{4}$|^http:\/\/127\.0\.0\.1:\d+$/);
    expect(changes.slice(-2)).toMatchObject([
      { kind: "config", summary: "RATES_URL updated", before: url, after: "http://127.0.0.1:1" },
      { kind: "config", summary: `rollback to ${before.version}`, before: "http://127.0.0.1:1", after: url },
    ]);
  },
  MINUTES,
);

it(
  "goes back by itself when the time is over",
  async () => {
    await operations(target.operations).roll({
      service: GO,
      to: { settings: { CACHE_SIZE: "500" } },
      strategy: "rolling",
      change: { kind: "config", summary: "CACHE_SIZE updated" },
      ttlMs: 6_000,
      token: "t2",
    });
    const began = performance.now();
    expect(await settled(GO)).toMatchObject({ token: "t2", settings: { CACHE_SIZE: "500" } });
    await expect.poll(async () => (await settled(GO)).token ?? null, { timeout: 20_000 }).toBeNull();
    expect(performance.now() - began).toBeGreaterThan(5_900);
    expect(await settled(GO)).toMatchObject({ release: "quiet", settings: {}, ready: true });
  },
  MINUTES,
);

it(
  "restarts on demand as another instance, which is no change",
  async () => {
    const [before, announced] = [await settled(METRICS), changes.length];
    await operations(target.operations).restart(METRICS);
    const after = await settled(METRICS);
    expect(after).toMatchObject({ version: before.version, ready: true, restarts: 1 });
    expect([after.pid, after.instance]).not.toContain(before.pid);
    expect(after.instance).not.toBe(before.instance);
    expect(changes).toHaveLength(announced);
    const seen: string[] = [];
    for await (const { instance, reason } of target.platform(AbortSignal.timeout(500)))
      if ([before.instance, after.instance].includes(instance)) seen.push(reason);
    expect(seen).toEqual(["started", "ready", "exited", "restarted", "ready"]);
  },
  MINUTES,
);
