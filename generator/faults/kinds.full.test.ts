import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Millis } from "../targets/target.ts";
import type { Bin, Normal } from "../traffic/users.ts";
import type { Fault } from "./fault.ts";
import { badReleaseEndpoint } from "./kinds/bad-release-endpoint.ts";
import { crashLoop } from "./kinds/crash-loop.ts";
import { goLockContention } from "./kinds/go-lock-contention.ts";
import { javaHeapLeak } from "./kinds/java-heap-leak.ts";
import { javaWorkerExhaustion } from "./kinds/java-worker-exhaustion.ts";
import { provider503 } from "./kinds/provider-503.ts";
import { pyLoopBlock } from "./kinds/py-loop-block.ts";
import { storeLock } from "./kinds/store-lock.ts";
import { wrongUpstreamPort } from "./kinds/wrong-upstream-port.ts";
import { type Apps, apps } from "./testing/apps.ts";

const MINUTE: Millis = 60_000;
const TTL = 10 * MINUTE;
const JAVA = "java-otel-sample-app";

/** Each kind in the dose that a drill uses, and how long a watch it needs. */
const FAULTS: readonly (readonly [string, Fault, Millis])[] = [
  ["a release with a route that fails", badReleaseEndpoint("go-otel-sample-app", {}, TTL), 40_000],
  ["a wrong upstream port", wrongUpstreamPort("go-otel-sample-app", {}, TTL), 40_000],
  ["a release that cannot start", crashLoop("sample-metrics-app", {}, TTL), 40_000],
  ["a provider out of service", provider503("rates-provider", { status: 503 }, TTL), 40_000],
  ["a job that locks a table", storeLock("store", { table: "products" }, TTL), 40_000],
  ["a job that locks rows", storeLock("store", { table: "users", rows: 700 }, TTL), 60_000],
  ["a release with one lock for all", goLockContention("go-otel-sample-app", { busy: 0.9 }, TTL), 60_000],
  ["a release that blocks its event loop", pyLoopBlock("otel-sample-app", { busy: 0.9 }, TTL), 60_000],
  ["a release whose orders wait", javaWorkerExhaustion(JAVA, { trigger: "release", demand: 1.6 }, TTL), 60_000],
  ["a release that keeps too much", javaHeapLeak(JAVA, { fillsIn: 40_000 }, TTL), 75_000],
  ["an app that begins to keep too much", javaHeapLeak(JAVA, { trigger: "latent", fillsIn: 40_000 }, TTL), 75_000],
];

let on: Apps;
let normal: Normal;
beforeAll(async () => {
  on = await apps(FAULTS.flatMap(([, { releases }]) => releases));
  await sleep(1.5 * MINUTE);
  normal = on.normal();
}, 12 * MINUTE);
afterAll(() => on[Symbol.asyncDispose](), MINUTE);

const share = (bins: readonly Bin[]): number =>
  bins.reduce((sum, { bad }) => sum + bad, 0) /
  Math.max(
    1,
    bins.reduce((sum, { n }) => sum + n, 0),
  );
const longest = (bins: readonly Bin[]): Millis => Math.max(0, ...bins.map(({ p95 }) => p95));

describe("on real apps under load", () => {
  it.each(FAULTS)(
    "%s hurts users, is taken back, and they recover",
    { timeout: 8 * MINUTE },
    async (_, fault, watch) => {
      const requestedAt = Date.now();
      const injection = await fault.inject(on.scene, AbortSignal.timeout(3 * MINUTE));
      const impact = injection.verify();
      await sleep(Math.max(0, injection.effectiveAt + watch - Date.now()));
      const during = on.bins(injection.effectiveAt);
      const from = Date.now();
      await injection[Symbol.asyncDispose]();
      const revertedIn = Date.now() - from;
      const recoveredIn = await on.recovered(Date.now(), normal);
      const { mechanism, users, evidence } = await impact;
      const figures = {
        kind: fault.kind,
        actsAfterMs: injection.effectiveAt - requestedAt,
        before: { bad: normal.badShare, p95: normal.p95 },
        during: { bad: share(during), worstP95: longest(during) },
        revertedInMs: revertedIn,
        recoveredInMs: recoveredIn,
        meters: evidence.at(-1)?.meters,
      };
      process.stderr.write(`${JSON.stringify(figures)}\n`);
      expect({ mechanism, users }).toEqual({ mechanism: true, users: true });
      // An app that has died of it has left nothing to take back.
      expect(fault.trigger === "latent" ? ["restored", "already"] : ["restored"]).toContain(injection.outcome());
      expect(recoveredIn).toBeLessThan(2 * MINUTE);
    },
  );
});
