import { describe, expect, it } from "vitest";
import { HarnessError } from "../../generator/harness-error.ts";
import { edgesOf, SERVICES } from "../../generator/targets/graph.ts";
import { kinds } from "./kinds.ts";
import { type Asked, duration, orderOf } from "./order.ts";
import type { RunFile } from "./run-file.ts";
import { entryTold, writeOf } from "./writes.ts";

const all = await kinds();
const owned = (what: string) => ({ pid: 7, startTime: "1", bootId: "b", what });
const apps = {
  edges: edgesOf(SERVICES),
  processes: SERVICES.map(owned),
  releases: [{ app: "go-otel-sample-app", release: "lookup" }],
} as unknown as RunFile;
const nothing: Asked = { kind: undefined, on: undefined, params: [], ttl: "5m" };
const PATH = "go-otel-sample-app->sample-metrics-app";

function refusal(asked: Partial<Asked>, on = apps): HarnessError {
  try {
    orderOf({ ...nothing, ...asked }, all, on);
  } catch (error) {
    if (error instanceof HarnessError) return error;
    throw error;
  }
  throw new Error("it was taken");
}

describe("what is asked for wrongly is refused with what there is instead", () => {
  const cases: readonly (readonly [string, Partial<Asked>, RegExp, 2 | 3])[] = [
    ["no kind", {}, /one of: bad-release-endpoint/, 2],
    ["a kind that is nearly one", { kind: "edge-latence" }, /did you mean edge-latency/, 2],
    ["no place where there are many", { kind: "edge-latency" }, /one of: front->otel-sample-app/, 2],
    ["a place that is nearly one", { kind: "edge-latency", on: PATH.replace("->", "-") }, /did you mean go-otel/, 2],
    ["a path for what a process suffers", { kind: "process-kill", on: PATH }, /All: otel-sample-app/, 2],
    ["the store, which nobody would start again", { kind: "process-kill", on: "store" }, /did you mean/, 2],
    [
      "a parameter that is nearly one",
      { kind: "edge-latency", on: PATH, params: ["delayms=1"] },
      /did you mean delayMs/,
      2,
    ],
    ["a parameter without a value", { kind: "edge-latency", on: PATH, params: ["delayMs"] }, /name=value/, 2],
    ["a parameter of a kind that has none", { kind: "crash-loop", params: ["a=1"] }, /there is none/, 2],
    ["too much of it", { kind: "process-throttle", on: "go-otel-sample-app", params: ["duty=2"] }, /list/, 2],
    ["a time limit that is too long", { kind: "edge-latency", on: PATH, ttl: "31m" }, /--ttl 90s/, 2],
    ["a build that the apps do not have", { kind: "crash-loop" }, /--releases none/, 3],
  ];
  it.each(cases)("%s", (_, asked, hint, exitCode) => {
    const error = refusal(asked);
    expect(error.hint).toMatch(hint);
    expect(error.exitCode).toBe(exitCode);
  });
  it("a place that these apps do not have at all", () =>
    expect(refusal({ kind: "store-lock" }, { ...apps, processes: [] }).message).toMatch(
      /on store, and none runs here/,
    ));
});

describe("what is asked for", () => {
  it("has its parameters as numbers, and those left out as usual", () => {
    const { fault } = orderOf({ ...nothing, kind: "edge-latency", on: PATH, params: ["delayMs=50"] }, all, apps);
    expect(fault).toMatchObject({ on: PATH, params: { delayMs: 50, jitterMs: 0 }, ttlMs: 300_000 });
  });
  it("need not say the only place there is", () =>
    expect(orderOf({ ...nothing, kind: "bad-release-endpoint" }, all, apps).fault.on).toBe("go-otel-sample-app"));
  it("counts users where the dose follows from them, unless it says how many there are", () => {
    const kind = "java-heap-leak";
    const able = { ...apps, releases: [{ app: "java-otel-sample-app", release: "session" }] };
    expect(orderOf({ ...nothing, kind }, all, able).measures).toBe(true);
    const said = orderOf({ ...nothing, kind, params: ["rps=20"] }, all, able);
    expect(said.measures).toBe(false);
    expect(said.fault.params).toMatchObject({ rates: { "java-otel-sample-app": 20 } });
  });
});

it("a time is seconds or minutes", () =>
  expect(["1s", "90s", "1.5m", "30m"].map(duration)).toEqual([1_000, 90_000, 90_000, 1_800_000]));

it("a write is told without the data's password and without sockets", () => {
  const access = { host: "127.0.0.1", port: 1, database: "store", user: "postgres", password: "hunter2" };
  const intent = {
    id: "t.l",
    adapter: "store",
    subject: "store session x",
    ttlMs: 60_000,
    fallback: "none",
    forward: {
      kind: "store.lock",
      access,
      applicationName: "x",
      table: "users",
      operations: "/o",
      summary: "s",
      ttlMs: 60_000,
    },
    inverse: { kind: "store.end-session", access, applicationName: "x", notBefore: 1 },
    precondition: { kind: "no-session", access, applicationName: "x" },
  } as const;
  const told = `${JSON.stringify(writeOf(intent))}${entryTold({ kind: "intent", intent })}`;
  expect(told).toContain("users");
  expect(told).not.toMatch(/hunter2|"\/o"/);
});
