import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import statistical from "../agent/agents/statistical.ts";
import type { Stamped } from "../agent/investigation.ts";
import { openStore } from "../agent/telemetry/store.ts";
import { openJournals } from "../generator/faults/recover.ts";
import spike from "../scenarios/java-otel-spike.ts";
import { readRecording } from "./archive/reader.ts";
import { judge } from "./judge.ts";
import { keep } from "./keep.ts";
import { replay } from "./replay.ts";
import { incident } from "./testing/sample-trial.ts";
import { short } from "./testing/short.ts";
import { type Stage, stage } from "./testing/stage.ts";
import { think } from "./think.ts";
import { recordedTicks } from "./ticks.ts";
import { briefOf, type Held, hold } from "./trial.ts";

const MINUTES = 60_000;
const LENGTHS = { "warm-up": 30, steady: 90, watch: 60, recovery: 90 } as const;
const SEED = 7;
const never = new AbortController().signal;

async function attempt(seed: number): Promise<{ on: Stage; held: Held }> {
  const on = await stage();
  const held = await hold(on.options("java-otel-spike", short(spike, LENGTHS), statistical, seed), never);
  return { on, held };
}
/** What was said and when; how long the agent thought is the machine's business. */
const said = (findings: readonly Stamped[]): object[] => findings.map(({ thinking: _, ...rest }) => rest);

describe("a short real drill of worker exhaustion", () => {
  let on: Stage;
  let held: Held;
  let recording: string;
  beforeAll(async () => {
    ({ on, held } = await attempt(SEED));
    // What else runs on this machine may void a run: one more, as a person would.
    if (!held.verdict.trial.validity.ok) {
      await on[Symbol.asyncDispose]();
      ({ on, held } = await attempt(SEED + 1));
    }
    recording = join(on.root, "out", "incidents", "abcdefgh");
  }, 18 * MINUTES);
  afterAll(() => on[Symbol.asyncDispose]());

  it("counts", () => expect(held.verdict.trial.validity).toEqual({ ok: true }));
  it("really hurts users of the Java app, by its own 5xx and time-outs, and is taken back", () => {
    const { run } = held.verdict.trial;
    expect(run.faults).toMatchObject([{ kind: "java-worker-exhaustion", reverted: "restored" }]);
    expect(run.faults[0]?.impact).toMatchObject({ mechanism: true, users: true });
    const java = run.load.apps["java-otel-sample-app"];
    expect(java?.errorShare).toBeGreaterThan(0.12);
    expect(Object.keys(java?.how ?? {})).not.toContain("404");
    expect(java?.how["503"]).toBeGreaterThan(10);
    expect(run.recoveredAt).not.toBeNull();
  });
  it("is felt at the Java app and its caller alone", () => {
    const { apps } = held.verdict.trial.run.load;
    for (const app of ["go-otel-sample-app", "sample-metrics-app"]) expect(apps[app]?.errorShare).toBeLessThan(0.12);
  });
  it("sends its load on time, all of it", () => {
    const { all } = held.verdict.trial.run.load;
    expect(all.achieved / all.offered).toBeGreaterThan(0.99);
    expect(all.slip).toBeLessThan(50);
  });
  it("is answered with the Java app and its workers, first", () => {
    const [first] = held.verdict.trial.investigation.hypotheses;
    expect(first).toMatchObject({ component: "java-otel-sample-app", cause: "pool-exhaustion" });
  });
  it("lists the apps that are well as healthy", () => {
    const states = held.verdict.trial.investigation.picture?.components ?? [];
    const healthy = states.filter(({ health }) => health === "healthy").map(({ component }) => component);
    expect(healthy).toEqual(expect.arrayContaining(["go-otel-sample-app", "sample-metrics-app"]));
  });
  it("leaves telemetry that is complete and tells nothing", () => {
    const { health } = held.verdict.trial.run;
    expect(health).toMatchObject({ leaks: 0, redactions: 0, refusedBatches: 0 });
    for (const share of Object.values(health.spanShare)) expect(share).toBeGreaterThan(0.98);
  });
  it("leaves no journal open, and a report, a post-mortem and a result", async () => {
    expect(await openJournals(on.state)).toEqual([]);
    const { file } = await keep(held, join(on.root, "out"));
    expect(file).toMatch(/report\.html$/);
    const left = await readdir(join(on.root, "out"));
    expect(left.sort()).toEqual(["incidents", "report.html", "report.md", "result.json", "truth"]);
  });

  it("gives the same findings when its recording is replayed", { timeout: MINUTES }, async () => {
    const again = await replay(recording, statistical, never);
    expect(said(again.verdict.trial.findings)).toEqual(said(held.verdict.trial.findings));
    expect(again.verdict.state).toBe(held.verdict.state);
  });
  it("gives the same findings whatever the truth is", { timeout: MINUTES }, async () => {
    const { manifest, pour } = await readRecording(recording);
    const store = openStore();
    await pour(store);
    const { start, end, tickMs } = manifest.clock;
    const thoughts = await think(
      statistical,
      briefOf(held.verdict.trial.run),
      store.view,
      recordedTicks(start, end, tickMs),
      never,
    );
    expect(said(thoughts.findings)).toEqual(said(held.verdict.trial.findings));
    const other = judge({ ...held.verdict.trial, validity: { ok: true } }, incident("store", "disk"));
    expect(other.state).toBe("wrong");
  });
});
