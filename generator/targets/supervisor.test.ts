import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backOff } from "./back-off.ts";
import { EventLog } from "./event-log.ts";
import { Ownership } from "./ownership.ts";
import { freePorts } from "./ports.ts";
import { alive } from "./process-identity.ts";
import { Supervisor } from "./supervisor.ts";
import type { OwnedProcess, PlatformEvent } from "./target.ts";

const SERVES = "require('http').createServer((q, r) => r.end()).listen(Number(process.env.PORT), '127.0.0.1')";

describe("back-off", () => {
  it("doubles with each death of the last two minutes, up to half a minute", () => {
    const waits = [1, 2, 3, 4, 5, 6].map((n) =>
      backOff(
        Array.from({ length: n }, () => 0),
        1,
      ),
    );
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000]);
  });
  it("gives up at the seventh, and forgets old deaths", () => {
    const seven = [0, 1, 2, 3, 4, 5, 6];
    expect(backOff(seven, 10)).toBeUndefined();
    expect(backOff(seven, 120_001)).toBe(16_000);
  });
});

describe("a supervised app", () => {
  let directory = "";
  let told: (readonly OwnedProcess[])[] = [];
  let platform = new EventLog<PlatformEvent>();
  const running: Supervisor[] = [];
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "app-"));
    told = [];
    platform = new EventLog<PlatformEvent>();
  });
  afterEach(async () => {
    for (const one of running.splice(0)) await one.stop();
    await rm(directory, { recursive: true });
  });

  async function supervisor(script: string, own: () => Promise<void> = async () => undefined): Promise<Supervisor> {
    const [port = 0] = await freePorts(1);
    const ownership = new Ownership(directory, async (processes) => {
      told.push(processes);
      await own();
    });
    let starts = 0;
    const command = { command: process.execPath, args: ["-e", script], cwd: directory, env: { PORT: String(port) } };
    const one = new Supervisor({
      app: "go-otel-sample-app",
      port,
      log: join(directory, "app.log"),
      place: "stock-1",
      next: () => ({ command, instance: `i${starts++}` }),
      givesUp: true,
      ownership,
      platform,
      fail: () => undefined,
    });
    running.push(one);
    return one;
  }

  async function reasons(until: PlatformEvent["reason"]): Promise<string[]> {
    const seen: string[] = [];
    for await (const { instance, reason, signal = "" } of platform.read(AbortSignal.timeout(5_000))) {
      seen.push(`${instance} ${reason} ${signal}`.trim());
      if (reason === until) return seen;
    }
    throw new Error(`No ${until} in ${seen.join(", ")}`);
  }

  it("is told of, started again when it is killed, and ended", async () => {
    const one = await supervisor(SERVES);
    await one.start(AbortSignal.timeout(5_000));
    const first = told[0]?.[0];
    if (first === undefined) throw new Error("not told of");
    process.kill(first.pid, "SIGKILL");
    expect(await reasons("restarted")).toEqual(["i0 started", "i0 ready", "i0 exited SIGKILL", "i1 restarted"]);
    const second = told[1]?.[0];
    if (second === undefined) throw new Error("not told of again");
    expect(await alive(second)).toBe(true);
    await one.stop();
    expect([await alive(first), await alive(second)]).toEqual([false, false]);
    await sleep(1_200);
    expect(told).toHaveLength(2);
  });

  it("that dies at its start says why", async () => {
    const one = await supervisor("console.error('no such thing'); process.exit(7)");
    await expect(one.start(AbortSignal.timeout(5_000))).rejects.toThrow(/exit code 7\n.*no such thing/s);
  });

  it("whose port is taken names the port", async () => {
    const one = await supervisor("process.exit(98)");
    await expect(one.start(AbortSignal.timeout(5_000))).rejects.toMatchObject({
      message: expect.stringMatching(/go-otel-sample-app did not start: port \d+ is taken/),
      exitCode: 3,
    });
  });

  it("is ended when nobody could be told of it", async () => {
    const one = await supervisor(SERVES, () => Promise.reject(new Error("disk full")));
    await expect(one.start(AbortSignal.timeout(5_000))).rejects.toThrow("disk full");
    await one.stop();
    const [first] = told[0] ?? [];
    expect(first && (await alive(first))).toBe(false);
  });

  it("is ended when the start is given up", async () => {
    const one = await supervisor("setInterval(() => 0, 1000)");
    const stop = new AbortController();
    const starting = one.start(stop.signal);
    setTimeout(() => stop.abort(new Error("enough")), 300);
    await expect(starting).rejects.toThrow("enough");
    await one.stop();
    const [first] = told[0] ?? [];
    expect(first && (await alive(first))).toBe(false);
  });
});
