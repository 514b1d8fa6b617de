import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Fault } from "./fault.ts";
import { Intent } from "./intent.ts";
import { byHand } from "./inverse.ts";
import { badReleaseEndpoint } from "./kinds/bad-release-endpoint.ts";
import { crashLoop } from "./kinds/crash-loop.ts";
import { goLockContention } from "./kinds/go-lock-contention.ts";
import { javaHeapLeak } from "./kinds/java-heap-leak.ts";
import { javaWorkerExhaustion } from "./kinds/java-worker-exhaustion.ts";
import { provider503 } from "./kinds/provider-503.ts";
import { pyLoopBlock } from "./kinds/py-loop-block.ts";
import { storeLock } from "./kinds/store-lock.ts";
import { wrongUpstreamPort } from "./kinds/wrong-upstream-port.ts";
import { stateOn } from "./testing/state.ts";

const TTL = 600_000;
const JAVA = "java-otel-sample-app";
const GO = "go-otel-sample-app";
const OTEL = "otel-sample-app";

/** What each fault writes on a target at ten requests a second to each app, in short. */
const PLANS: readonly (readonly [Fault, readonly object[]])[] = [
  // 13.5 visits a second name a user; 166.4 MiB (0.65 of 256) in 40 s
  [
    javaHeapLeak(JAVA, { fillsIn: 40_000 }, TTL),
    [roll(JAVA, { release: "session", settings: { SESSION_BYTES: "323117" } })],
  ],
  [
    javaHeapLeak(JAVA, { trigger: "latent", fillsIn: 40_000 }, TTL),
    [{ kind: "control.set", key: "session.retain", value: 323_117 }],
  ],
  // six orders a second that wait 5 s ask for 30 workers; 20 (1.25 x 16) are wanted
  [
    javaWorkerExhaustion(JAVA, { trigger: "release", demand: 1.25 }, TTL),
    [roll(JAVA, { release: "invoice", settings: { INVOICE_SHARE: "0.667" } })],
  ],
  [
    javaWorkerExhaustion(JAVA, { share: 0.35, holdMs: 5_000, failing: 0.25 }, TTL),
    [
      { kind: "control.set", key: "invoice.wait_ms", value: 5_000 },
      { kind: "control.set", key: "invoice.share", value: 0.35 },
    ],
  ],
  [badReleaseEndpoint(GO, {}, TTL), [roll(GO, { release: "lookup", settings: {} })]],
  [
    wrongUpstreamPort(GO, {}, TTL),
    [
      {
        ...roll(GO, { settings: { QUOTES_URL: "http://127.0.0.1:23456" } }),
        change: { kind: "config", summary: "QUOTES_URL updated" },
      },
    ],
  ],
  [
    crashLoop("sample-metrics-app", {}, TTL),
    [{ ...roll("sample-metrics-app", { release: "boot", settings: {} }), strategy: "recreate" }],
  ],
  [
    storeLock("store", { table: "products" }, TTL),
    [{ kind: "store.lock", table: "products", summary: "stock-backfill started" }],
  ],
  [storeLock("store", { table: "users", rows: 100 }, TTL), [{ kind: "store.lock", table: "users", rows: 100 }]],
  [provider503("rates-provider", { status: 503 }, TTL), [{ kind: "control.set", key: "answer.status", value: 503 }]],
];

function roll(service: string, to: object): object {
  return { kind: "target.roll", service, to, strategy: "rolling", socket: "/run/ops.sock", ttlMs: TTL };
}

describe.each(PLANS.map(([fault, forwards]) => ({ kind: fault.kind, fault, forwards })))(
  "$kind",
  ({ fault, forwards }) => {
    const intents = fault.plan(stateOn(fault.on));

    it("writes what its dose says", () => {
      expect(intents.map(({ forward }) => forward)).toMatchObject(forwards);
    });
    it("plans the same from the same", () => expect(fault.plan(stateOn(fault.on))).toEqual(intents));
    it("can be taken back by what the journal keeps", () => {
      for (const intent of intents) expect(Intent.parse(JSON.parse(JSON.stringify(intent)))).toEqual(intent);
    });
    it("can be taken back by hand", () => {
      for (const intent of intents) expect(byHand(intent)).toMatch(/^(echo|kill|psql) /);
    });
    it("announces a change if a change is its trigger, and else none", () => {
      const announced = intents.some(({ forward }) => forward.kind === "target.roll" || forward.kind === "store.lock");
      expect(announced).toBe(["release", "config", "job"].includes(fault.trigger));
    });
    it("has its builds made before the run", () => {
      const rolled = intents.flatMap(({ forward }) =>
        forward.kind === "target.roll" && forward.to.release !== undefined
          ? [{ app: forward.service, release: forward.to.release }]
          : [],
      );
      expect(fault.releases).toEqual(rolled);
    });
  },
);

describe("doses that follow the machine", () => {
  const rows = (speed: number, busy = 0.9): number =>
    setting(
      goLockContention(GO, { busy }, TTL),
      { ...stateOn(GO), speed: { arithmetic: speed, digests: 1 } },
      "HISTORY_ROWS",
    );
  const rounds = (speed: number, busy = 0.9): number =>
    setting(
      pyLoopBlock(OTEL, { busy }, TTL),
      { ...stateOn(OTEL), speed: { arithmetic: 1, digests: speed } },
      "DIGEST_ROUNDS",
    );

  it.each([rows, rounds])("a machine twice as fast does twice the work in the same time", (work) => {
    expect(work(2) / work(1)).toBeCloseTo(2, 3);
    expect(work(1, 0.45) / work(1, 0.9)).toBeCloseTo(0.5, 3);
  });
  it("twice the load needs half the work a request", () => {
    const twice = goLockContention(GO, { busy: 0.9, rates: { [GO]: 20, [JAVA]: 20, [OTEL]: 20 } }, TTL);
    expect(setting(twice, stateOn(GO), "HISTORY_ROWS") / rows(1)).toBeCloseTo(0.5, 3);
  });
  it("there is none before the speed is measured", () => {
    const lock = goLockContention(GO, { busy: 0.9 }, TTL);
    expect(lock.followsSpeed).toBe(true);
    expect(() => lock.plan({ ...stateOn(GO), speed: undefined })).toThrow(/speed/);
    expect(storeLock("store", { table: "users" }, TTL).followsSpeed).toBe(false);
  });
  it("there is none without load", () => {
    const idle = { ...stateOn(GO), rates: {} };
    expect(() => goLockContention(GO, { busy: 0.9 }, TTL).plan(idle)).toThrow(/follows the load/);
  });
  it("what is kept already is left out of what is to be kept", () => {
    const leak = javaHeapLeak(JAVA, { fillsIn: 40_000 }, TTL);
    const full = { ...stateOn(JAVA), meters: { "heap.live_ratio": 0.575 } };
    expect(setting(leak, full, "SESSION_BYTES") / 323_117).toBeCloseTo(0.5, 3);
  });
});

function setting(fault: Fault, state: ReturnType<typeof stateOn>, name: string): number {
  const [intent] = fault.plan(state);
  return intent?.forward.kind === "target.roll" ? Number(intent.forward.to.settings?.[name]) : Number.NaN;
}

describe("a mechanism", () => {
  const rolled = { "release.rolled": 1 };
  it("of a release is not seen before the new instance runs", () => {
    for (const [fault] of PLANS.filter(([{ trigger }]) => trigger === "release" || trigger === "config")) {
      const all = { restarts: 3, "sessions.views": 900, "workers.held": 16, "mutex.wait_s": 9, "loop.lag_ms": 900 };
      expect(fault.acts({ ...all, "release.rolled": 0 }, {})).toBe(false);
      expect(fault.acts({ ...all, ...rolled }, {})).toBe(true);
    }
  });
  it("is more than a write that was taken", () => {
    expect(crashLoop("sample-metrics-app", {}, TTL).acts({ ...rolled, restarts: 0 }, {})).toBe(false);
    expect(javaHeapLeak(JAVA, { fillsIn: 1 }, TTL).acts({ ...rolled, "sessions.views": 200 }, {})).toBe(false);
    expect(goLockContention(GO, { busy: 0.9 }, TTL).acts({ ...rolled, "mutex.wait_s": 0.01 }, {})).toBe(false);
    expect(storeLock("store", { table: "users" }, TTL).acts({ "sessions.held": 1, "sessions.waiting": 0 }, {})).toBe(
      false,
    );
  });
});

describe("the folder of kinds", () => {
  it("holds one file for each fault and nothing else", async () => {
    const files = await readdir(join(import.meta.dirname, "kinds"));
    for (const file of files) {
      const found: object = await import(`./kinds/${basename(file, ".ts")}.ts`);
      expect(Object.values(found).filter((one) => typeof one === "function")).toHaveLength(1);
    }
  });
});
