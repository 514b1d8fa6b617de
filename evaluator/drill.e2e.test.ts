import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import statistical from "../agent/agents/statistical.ts";
import type { Stamped } from "../agent/investigation.ts";
import { openStore, type Store } from "../agent/telemetry/store.ts";
import { openJournals } from "../generator/faults/recover.ts";
import baseline from "../scenarios/baseline.ts";
import spike from "../scenarios/java-otel-spike.ts";
import { readRecording } from "./archive/reader.ts";
import { briefOf } from "./brief.ts";
import { judge } from "./judge.ts";
import { replay } from "./replay.ts";
import { openGround } from "./suite/ground.ts";
import { inOrder, type Tally, withAttempt } from "./suite/order.ts";
import { type Book, playAll } from "./suite/play-all.ts";
import { incident } from "./testing/sample-trial.ts";
import { short } from "./testing/short.ts";
import { type Stage, stage } from "./testing/stage.ts";
import { think } from "./think.ts";
import { recordedTicks } from "./ticks.ts";
import type { Held } from "./trial.ts";

const MINUTES = 60_000;
const SEED = 7;
const never = new AbortController().signal;
const SCENARIOS = new Map([
  ["java-otel-spike", short(spike, { "warm-up": 30, steady: 90, watch: 60, recovery: 90 })],
  ["baseline", short(baseline, { "warm-up": 30, steady: 90, watch: 15, recovery: 1 })],
]);
/** What was said and when; how long the agent thought is the machine's business. */
const said = (findings: readonly Stamped[]): object[] => findings.map(({ thinking: _, ...rest }) => rest);

let on: Stage;
const held = new Map<string, Held>();
const of = (scenario: string): Held => {
  const found = held.get(scenario);
  if (found === undefined) throw new Error(`${scenario} was not held:\n${on.lines.join("\n")}`);
  return found;
};
const runOf = (scenario: string): Held["verdict"]["trial"]["run"] => of(scenario).verdict.trial.run;
const folderOf = (scenario: string): string => join(on.root, "out", runOf(scenario).id);
const recordingOf = (scenario: string): string => join(folderOf(scenario), "incidents", runOf(scenario).case);

/** Two drills on the same apps. What else runs on this machine may void one: it is tried once more, as in any suite. */
beforeAll(async () => {
  on = await stage();
  const { state, cache, out, show } = on.options("", spike, statistical, SEED);
  let tally: Tally = inOrder([...SCENARIOS.keys()], [SEED]).map((drill) => ({ ...drill, attempts: [] }));
  const book: Book = {
    tally: () => tally,
    note: async (drill, attempt) => {
      tally = withAttempt(tally, drill, attempt);
    },
  };
  await using ground = openGround(
    {
      name: "two", scenarios: SCENARIOS, agent: statistical, otlp: "http", state, cache, out, show, knees: {},
      told: (one) => void held.set(one.verdict.trial.run.scenario, one),
    }, // biome-ignore format: one shape
    never,
  );
  await playAll(ground, book, never);
}, 18 * MINUTES);
afterAll(() => on[Symbol.asyncDispose]());

describe("a short real drill of worker exhaustion", () => {
  const spiked = (): Held["verdict"]["trial"] => of("java-otel-spike").verdict.trial;
  it("counts", () => expect(spiked().validity).toEqual({ ok: true }));
  it("really hurts users of the Java app, by its own 5xx and time-outs, and is taken back", () => {
    const { run } = spiked();
    expect(run.faults).toMatchObject([{ kind: "java-worker-exhaustion", reverted: "restored" }]);
    expect(run.faults[0]?.impact).toMatchObject({ mechanism: true, users: true });
    const java = run.load.apps["java-otel-sample-app"];
    expect(java?.errorShare).toBeGreaterThan(0.12);
    expect(Object.keys(java?.how ?? {})).not.toContain("404");
    expect(java?.how["503"]).toBeGreaterThan(10);
    expect(run.recoveredAt).not.toBeNull();
  });
  it("is felt at the Java app and its caller alone", () => {
    const { apps } = spiked().run.load;
    for (const app of ["go-otel-sample-app", "sample-metrics-app"]) expect(apps[app]?.errorShare).toBeLessThan(0.12);
  });
  it("sends its load on time, all of it", () => {
    const { all } = spiked().run.load;
    expect(all.achieved / all.offered).toBeGreaterThan(0.99);
    expect(all.slip).toBeLessThan(50);
  });
  it("is answered with the Java app and its workers, first", () => {
    const [first] = spiked().investigation.hypotheses;
    expect(first).toMatchObject({ component: "java-otel-sample-app", cause: "pool-exhaustion" });
  });
  it("lists the apps that are well as healthy", () => {
    const states = spiked().investigation.picture?.components ?? [];
    const healthy = states.filter(({ health }) => health === "healthy").map(({ component }) => component);
    expect(healthy).toEqual(expect.arrayContaining(["go-otel-sample-app", "sample-metrics-app"]));
  });
  it("leaves telemetry that is complete and tells nothing", () => {
    const { health } = spiked().run;
    expect(health).toMatchObject({ leaks: 0, redactions: 0, refusedBatches: 0 });
    for (const share of Object.values(health.spanShare)) expect(share).toBeGreaterThan(0.98);
  });
  it("leaves no journal open, and a report, a post-mortem and a result", async () => {
    expect(await openJournals(on.state)).toEqual([]);
    const left = await readdir(folderOf("java-otel-spike"));
    expect(left.sort()).toEqual(["incidents", "report.html", "report.md", "result.json", "truth"]);
  });
  it("gives the same findings when its recording is replayed", { timeout: MINUTES }, async () => {
    const again = await replay(recordingOf("java-otel-spike"), statistical, never);
    expect(said(again.verdict.trial.findings)).toEqual(said(spiked().findings));
    expect(again.verdict.state).toBe(of("java-otel-spike").verdict.state);
  });
  it("gives the same findings whatever the truth is", { timeout: MINUTES }, async () => {
    const { manifest, pour } = await readRecording(recordingOf("java-otel-spike"));
    const store = openStore();
    await pour(store);
    const { start, end, tickMs } = manifest.clock;
    const ticks = recordedTicks(start, end, tickMs);
    const thoughts = await think(statistical, briefOf(spiked().run), store.view, ticks, never);
    expect(said(thoughts.findings)).toEqual(said(spiked().findings));
    const other = judge({ ...spiked(), validity: { ok: true } }, incident("store", "disk"));
    expect(other.state).toBe("wrong");
  });
});

describe("the next drill on the same apps", () => {
  const calm = (): Held["verdict"]["trial"] => of("baseline").verdict.trial;
  const watched = (): number => calm().run.phases.find(({ kind }) => kind === "watch")?.from ?? 0;
  async function poured(): Promise<{ store: Store; start: number; end: number }> {
    const { manifest, pour } = await readRecording(recordingOf("baseline"));
    const store = openStore();
    await pour(store);
    return { store, ...manifest.clock };
  }

  it("counts, complete as ever", () => {
    expect(calm().validity).toEqual({ ok: true });
    for (const share of Object.values(calm().run.health.spanShare)) expect(share).toBeGreaterThan(0.98);
  });
  it("begins within two seconds, without a warm-up", () => {
    expect(calm().run.startedAt - runOf("java-otel-spike").endedAt).toBeLessThan(2_000);
    expect(calm().run.phases.map(({ kind }) => kind)).toEqual(["steady", "watch", "recovery"]);
  });
  it("has two minutes of quiet time in its recording before the watch, and nothing of the drill before", async () => {
    const { store, start, end } = await poured();
    const view = store.view(() => end);
    const first = Math.min(...view.spans({}).map(({ arrival }) => arrival));
    expect(start - first).toBeGreaterThan(35_000);
    expect(watched() - first).toBeGreaterThan(115_000);
    expect(first).toBeGreaterThan(runOf("java-otel-spike").recoveredAt ?? end);
    const healthy = view.spans({ within: { from: 0, to: watched() }, kind: "server" });
    expect(healthy.filter(({ failed }) => failed).length).toBeLessThan(0.12 * healthy.length);
  });
  it("shares no trace with the drill before", async () => {
    const { store, end } = await poured();
    const traces = Map.groupBy(store.view(() => end).spans({}), ({ trace }) => trace);
    const long = [...traces.values()].filter((spans) => (spans.at(-1)?.end ?? 0) - (spans[0]?.start ?? 0) > 30_000);
    expect(long).toEqual([]);
  });
  it("lets its agent know what is normal before the watch, and sees no gap to cry about", () => {
    const [learned, ...rest] = calm().findings;
    expect(learned?.kind).toBe("learned");
    expect(learned?.at).toBeLessThan(watched());
    expect(rest.map(({ kind }) => kind)).not.toContain("alarm");
    expect(of("baseline").verdict.state).toBe("correct");
  });
  it("gives the same findings when its recording is replayed, alone", { timeout: MINUTES }, async () => {
    const again = await replay(recordingOf("baseline"), statistical, never);
    expect(said(again.verdict.trial.findings)).toEqual(said(calm().findings));
  });
});
