import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Terminal } from "../testing/terminal.ts";
import { openInjections } from "./injections.ts";
import { readRunFile } from "./run-file.ts";
import type { Status } from "./status.ts";
import { checkout } from "./testing/checkout.ts";

const SECOND = 1_000;
const MINUTES = 60 * SECOND;

interface Seen {
  /** 0 when nobody answered. */
  readonly status: number;
  readonly took: number;
}
interface Case {
  /** What is typed after `inject`. */
  readonly what: string;
  readonly app: string;
  readonly path: string;
  readonly body?: object;
  /** Whether a user is hurt by it; one in three that are asked one after the other is enough. */
  hurt(seen: Seen): boolean;
  /** Within which time users are well again after a `kill -9`. */
  readonly well: number;
}

const failing = ({ status }: Seen): boolean => status >= 500 || status === 0;
const slower =
  (ms: number) =>
  ({ took }: Seen): boolean =>
    took > ms;
const STOCK = { app: "go-otel-sample-app", path: "/api/stock/sku-0001" } as const;
const ORDER = { userId: 7, items: [{ productId: 7, quantity: 1 }] };
const CASES: readonly Case[] = [
  {
    what: "edge-latency --on 'front->go-otel-sample-app' --param delayMs=500",
    ...STOCK,
    hurt: slower(400),
    well: 10 * SECOND,
  },
  {
    what: "edge-blackhole --on 'go-otel-sample-app->sample-metrics-app'",
    ...STOCK,
    path: "/api/stock/",
    hurt: failing,
    well: 10 * SECOND,
  },
  {
    what: "java-worker-exhaustion --param trigger=latent --param share=1",
    ...{ app: "java-otel-sample-app", path: "/api/orders", body: ORDER, well: 10 * SECOND },
    hurt: (seen) => failing(seen) || seen.took > 2_000,
  },
  { what: "provider-503", app: "sample-metrics-app", path: "/api/quotes/sku-0001", hurt: failing, well: 10 * SECOND },
  {
    what: "store-lock --param table=products",
    ...{ app: "java-otel-sample-app", path: "/api/products?ids=1", well: 10 * SECOND },
    hurt: (seen) => failing(seen) || seen.took > 1_000,
  },
  { what: "process-throttle --on go-otel-sample-app --param duty=0.03", ...STOCK, hurt: slower(60), well: 10 * SECOND },
  { what: "process-kill --on go-otel-sample-app", ...STOCK, hurt: failing, well: 10 * SECOND },
  // The way back is another instance, which starts and is warmed up before users are led to it.
  { what: "bad-release-endpoint", ...STOCK, hurt: failing, well: 30 * SECOND },
  { what: "wrong-upstream-port", ...STOCK, hurt: failing, well: 30 * SECOND },
];

const on = checkout({ XDG_CACHE_HOME: join(homedir(), ".cache") });
let apps: Terminal;

async function asked({ app, path, body }: Case): Promise<Seen> {
  // What was asked for a moment ago may be kept.
  const sku = `sku-${String(1 + Math.floor(400 * Math.random())).padStart(4, "0")}`;
  const url = new URL(path.replace(/\/$/, `/${sku}`), readRunFile(on.state)?.fronts[app]);
  const post = body && { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const from = performance.now();
  const status = await fetch(url, { ...post, signal: AbortSignal.timeout(8 * SECOND) }).then(
    async (response) => {
      await response.text();
      return response.status;
    },
    () => 0,
  );
  return { status, took: performance.now() - from };
}
/** Asks until a user is hurt. */
async function untilHurt(one: Case, within: number): Promise<void> {
  const until = performance.now() + within;
  for (let seen = await asked(one); !one.hurt(seen); seen = await asked(one)) {
    if (performance.now() > until) throw new Error(`${one.what} hurts nobody: ${JSON.stringify(seen)}`);
    await sleep(50);
  }
}
/** Asks until nobody is hurt ten times in a row; ms from `from` to the first of them. */
async function untilWell(one: Case, from: number): Promise<number> {
  for (let first = performance.now(), well = 0; ; ) {
    if (performance.now() - from > one.well + 10 * SECOND) return Number.POSITIVE_INFINITY;
    if (one.hurt(await asked(one))) [first, well] = [performance.now(), 0];
    else if (++well === 10) return first - from;
    await sleep(20);
  }
}
async function status(): Promise<Status> {
  const one = on.open("npm run -s chaos -- status --json");
  await one.ended();
  return JSON.parse(one.said());
}

beforeAll(async () => {
  apps = on.open("npm run -s apps");
  await apps.saw("Ctrl-C ends them", 12 * MINUTES);
  const traffic = on.open("npm run -s traffic -- --app all --duration 3600 --rps 10");
  // Long enough for a measurement, and for caches and compilers.
  await sleep(45 * SECOND);
  expect(traffic.said()).not.toContain("hint:");
}, 13 * MINUTES);
afterAll(() => on[Symbol.asyncDispose](), MINUTES);

describe("an injection by hand that is killed", () => {
  it.each(CASES)("$what is felt, and users are well again", { timeout: 4 * MINUTES }, async (one) => {
    const before = await status();
    const inject = on.open(`npm run -s chaos -- inject ${one.what} --ttl 10m`);
    await inject.saw("written at", 30 * SECOND);
    await untilHurt(one, 60 * SECOND);
    await inject.saw("in force since", 2 * MINUTES);
    const from = performance.now();
    inject.press("SIGKILL");
    const well = await untilWell(one, from);
    while ((await openInjections(on.state)).length > 0) await sleep(50);
    const closed = performance.now() - from;
    process.stdout.write(
      `${one.what}: users well after ${well.toFixed(0)} ms, all put back after ${closed.toFixed(0)} ms\n`,
    );
    expect(well).toBeLessThan(one.well);
    const after = await status();
    expect(after.apps?.run).toBe(before.apps?.run);
    for (const [name, { ready, release, settings, token }] of Object.entries(after.apps?.services ?? {})) {
      expect([name, ready, release, token ?? null]).toEqual([name, true, "base", null]);
      expect(settings).toEqual({});
    }
  });

  it("leaves apps that end like any others", { timeout: MINUTES }, async () => {
    apps.press();
    expect(await apps.ended()).toBe(130);
    expect(readRunFile(on.state)).toBeUndefined();
  });
});
