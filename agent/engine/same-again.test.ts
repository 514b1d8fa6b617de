import { beforeAll, expect, test, vi } from "vitest";
import { statistical } from "../agents/statistical.ts";
import type { Diagnosis, Finding, Stamped } from "../investigation.ts";
import { watchRecording } from "./testing/drill.ts";
import type { Recording } from "./testing/memory.ts";
import { NAMES, type TownOptions } from "./testing/plan.ts";
import { play } from "./testing/play.ts";

// A whole drill takes a second alone and ten on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const options: TownOptions = {
  seed: 11, baseline: 123, recovery: 45,
  trouble: { load: { orders: 3 }, hold: { app: "orders", route: "POST /api/orders", share: 0.35, ms: 5000 } },
}; // biome-ignore format: one shape
let recording: Recording;
let findings: readonly Stamped[];
beforeAll(async () => {
  recording = play(options).recording;
  findings = await watchRecording(statistical, recording);
});

test("the same telemetry gives the same findings", async () => {
  expect(await watchRecording(statistical, recording)).toEqual(findings);
  expect(findings.map((one) => one.kind)).toContain("diagnosis");
});

test("telemetry cut at some instant gives what was said until then", async () => {
  const said = findings.filter((one) => one.kind === "diagnosis");
  for (const to of [(said[0]?.at ?? 0) + 1000, (said.at(-1)?.at ?? 0) - 3000]) {
    const early = <T extends { readonly arrival: number }>(all: readonly T[]) => all.filter((one) => one.arrival <= to);
    const cut = { ...recording, to, spans: early(recording.spans), logs: early(recording.logs) };
    const told = (await watchRecording(statistical, cut)).filter((one) => one.kind !== "all-clear");
    expect(told).toEqual(findings.filter((one) => one.at <= to && one.kind !== "all-clear"));
    expect(told.length).toBeGreaterThan(1);
  }
});

const ranking = (all: readonly Stamped[]) =>
  all
    .filter((one): one is Stamped<Diagnosis> => one.kind === "diagnosis")
    .map((one) => one.hypotheses.map((h) => [h.component, h.cause, h.confidence.toFixed(9)]));

test("names mean nothing", async () => {
  const names = { front: "zeta", orders: "alpha", stock: "mu", quotes: "beta", store: "a", rates: "zz" };
  const back = new Map(Object.entries(names).map(([app, name]) => [name, NAMES[app] ?? app]));
  const told = ranking(await watchRecording(statistical, play({ ...options, names }).recording));
  const original = (name = "") => name.split("->").map((end) => back.get(end) ?? end).join("->"); // biome-ignore format: one line
  expect(told.map((look) => look.map(([name, ...rest]) => [original(name), ...rest]))).toEqual(ranking(findings));
});

/** Every number anywhere in a value. */
function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}
const allFinite = (of: readonly Finding[]) => numbersIn(of).every(Number.isFinite);
const lasting = (ms: (duration: number) => number): Recording => ({
  ...recording,
  spans: recording.spans.map((span) => ({ ...span, start: span.end - ms(span.end - span.start) })),
});
const metered = (value: (of: number) => number): Recording => ({
  ...recording,
  series: recording.series.map((one) => ({ ...one, value: one.value.map(value) })),
});

test.each<[string, () => Recording]>([
  ["as it is", () => recording],
  ["all requests last the same", () => lasting(() => 5)],
  ["all requests last no time", () => lasting(() => 0)],
  ["requests last for years", () => lasting((ms) => ms * 1e9)],
  ["metrics are all 0", () => metered(() => 0)],
  ["metrics are huge", () => metered((value) => value * 1e15)],
  ["there are no metrics", () => ({ ...recording, series: [] })],
  ["there are no logs", () => ({ ...recording, logs: [] })],
])("nothing is NaN or infinite when %s", async (_name, made) => {
  expect(allFinite(await watchRecording(statistical, made()))).toBe(true);
});

test("without any telemetry nothing is known, and that is said", async () => {
  const empty = { ...recording, spans: [], logs: [], series: [] };
  const [only, ...rest] = await watchRecording(statistical, empty);
  expect(rest).toEqual([]);
  expect(only).toMatchObject({ kind: "all-clear", gaps: ["too little history to know what is normal"] });
});
