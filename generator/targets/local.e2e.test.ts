import { once } from "node:events";
import { access } from "node:fs/promises";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROUTES } from "../traffic/routes.ts";
import { local } from "./local.ts";
import { alive } from "./process-identity.ts";
import { APPS, type AppId, type OwnedProcess, type RunningTarget, type StartOptions } from "./target.ts";
import { toolchains } from "./toolchains.ts";

const MINUTES = 60_000;
const told: (readonly OwnedProcess[])[] = [];
const directories = new Set<string>();
const lines: string[] = [];

function options(more: Partial<StartOptions> = {}): StartOptions {
  return {
    random: () => 0.5,
    cache: join(homedir(), ".cache", "sample-apps"),
    async own(processes, directory) {
      told.push(processes);
      directories.add(directory);
    },
    progress: (line) => lines.push(line),
    ...more,
  };
}

/** What is left of all that any start has told of. */
async function leftovers(): Promise<unknown[]> {
  const processes: OwnedProcess[] = [];
  for (const owned of told.flat()) if (await alive(owned)) processes.push(owned);
  const found = await Promise.all(
    [...directories].map((one) =>
      access(one).then(
        () => [one],
        () => [],
      ),
    ),
  );
  return [...processes, ...found.flat()];
}

async function status(target: RunningTarget, app: AppId, { method, path, body }: ReturnType<typeof sample>) {
  const response = await fetch(new URL(path, target.fronts.get(app)), {
    method,
    ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  await response.arrayBuffer();
  return response.status;
}

function sample(route: (typeof ROUTES)[AppId][number], reserved: boolean) {
  return route.make({ record: 0.3, user: 0.4, extra: 0.5 }, reserved);
}

it("finds every toolchain it needs", async () => {
  expect((await toolchains(APPS)).filter(({ ok }) => !ok)).toEqual([]);
});

describe("all four apps", () => {
  let target: RunningTarget;
  let seconds = 0;
  beforeAll(async () => {
    await (await local.start(options(), AbortSignal.timeout(8 * MINUTES)))[Symbol.asyncDispose]();
    expect(await leftovers()).toEqual([]);
    const began = performance.now();
    target = await local.start(options(), AbortSignal.timeout(2 * MINUTES));
    seconds = (performance.now() - began) / 1_000;
  }, 10 * MINUTES);
  afterAll(async () => {
    await target[Symbol.asyncDispose]();
    expect(await leftovers()).toEqual([]);
  }, MINUTES);

  it("start from built artifacts within 20 s", () => expect(seconds).toBeLessThan(20));

  for (const app of APPS)
    for (const route of ROUTES[app]) {
      it(`${app} answers ${route.name}`, async () => {
        expect([200, 201]).toContain(await status(target, app, sample(route, false)));
      });
      if (route.carries)
        it(`${app} fails on a reserved record at ${route.name}`, async () => {
          expect(await status(target, app, sample(route, true))).toBe(500);
        });
    }

  it("can be scraped and operated", async () => {
    const scraped = await fetch(target.scrapes.get("sample-metrics-app") ?? "");
    expect(await scraped.text()).toContain("# HELP");
    for (const app of APPS) await access(target.socket(app));
  });

  it("come back when they are killed, as another instance", async () => {
    const before = target.processes().find(({ what }) => what === "go-otel-sample-app");
    process.kill(before?.pid ?? 0, "SIGKILL");
    const seen: string[] = [];
    for await (const { service, reason, instance } of target.platform(AbortSignal.timeout(15_000))) {
      if (service === "go-otel-sample-app") seen.push(`${reason} ${instance}`);
      if (seen.length === 5) break;
    }
    expect(seen.map((one) => one.split(" ")[0])).toEqual(["started", "ready", "exited", "restarted", "ready"]);
    expect(new Set(seen.map((one) => one.split(" ")[1])).size).toBe(2);
    const [route] = ROUTES["go-otel-sample-app"];
    expect(route && (await status(target, "go-otel-sample-app", sample(route, false)))).toBe(200);
  }, 20_000);
});

describe("a start", () => {
  it(
    "that is given up leaves nothing",
    async () => {
      for (const count of [1, 3, 6]) {
        const stop = new AbortController();
        const before = told.length;
        const own: StartOptions["own"] = async (processes, directory) => {
          await options().own(processes, directory);
          if (told.length === before + count) stop.abort(new Error("enough"));
        };
        await expect(local.start(options({ own }), stop.signal)).rejects.toThrow("enough");
        expect(told.length).toBeGreaterThanOrEqual(before + count);
        expect(await leftovers()).toEqual([]);
      }
    },
    MINUTES,
  );

  it("on a taken port says so before anything is built or spawned", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const before = [told.length, lines.length];
    await expect(
      local.start(options({ ports: { "go-otel-sample-app": port } }), new AbortController().signal),
    ).rejects.toMatchObject({ message: expect.stringContaining(`Port ${port}`), exitCode: 3 });
    expect([told.length, lines.length]).toEqual(before);
    server.close();
  });

  it(
    "of some apps starts only what they call, on the ports asked for",
    async () => {
      const own = options({ apps: ["sample-metrics-app"], ports: { "sample-metrics-app": 18_000 } });
      const target = await local.start(own, AbortSignal.timeout(MINUTES));
      expect(target.processes().map(({ what }) => what)).toEqual(["sample-metrics-app", "rates-provider", "edges"]);
      expect(target.fronts.get("sample-metrics-app")?.port).toBe("18000");
      await target[Symbol.asyncDispose]();
      await sleep(50);
      expect(await leftovers()).toEqual([]);
    },
    MINUTES,
  );
});
