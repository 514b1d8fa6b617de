import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import silent from "../../agent/agents/silent.ts";
import statistical from "../../agent/agents/statistical.ts";
import { fromOtlpJson } from "../../agent/sources/otlp-codec.ts";
import { openIntake } from "../intake.ts";
import { secretsOf } from "../secrets.ts";
import { incident, sampleRun, T0 } from "../testing/sample-trial.ts";
import { type Investigated, type Order, outcomeOf } from "./investigated.ts";
import { investigateRecording } from "./recorded.ts";

// Five recorded minutes take seconds alone, and more on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const EXAMPLE = join(import.meta.dirname, "..", "..", "reports", "example");
const order = (change: Partial<Order> = {}): Order => ({
  agent: statistical,
  range: {},
  question: undefined,
  scope: [],
  ...change,
});
const investigate = (path: string, change: Partial<Order> = {}): Promise<Investigated> =>
  investigateRecording(path, order(change), new AbortController().signal);

describe("a small recording", () => {
  let root = "";
  let directory = "";
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "investigate-"));
    directory = join(root, "run", "incidents", "abcdefgh");
    const intake = await openIntake(directory, secretsOf("x", { title: "x", phases: [] as never }));
    for (const second of [2, 3, 8]) intake.accept(request(`GET /${second}`), T0 + 1_000 * second);
    await intake.close();
    await intake.finish({ run: sampleRun(), truth: incident("shop", "cpu") }, { start: T0, end: T0 + 10_000 }, []);
    // Whoever reads the truth, or needs it, fails from here on.
    await writeFile(join(root, "run", "truth", "abcdefgh.json"), "no truth");
  });
  afterAll(() => rm(root, { recursive: true }));
  const ended = { startTimeUnixNano: `${T0 + 1_000}000000`, endTimeUnixNano: `${T0 + 1_010}000000` };
  const request = (name: string) =>
    fromOtlpJson("traces", {
      resourceSpans: [
        {
          resource: { attributes: [{ key: "service.name", value: { stringValue: "shop" } }] },
          scopeSpans: [{ spans: [{ ...ended, traceId: "ab".repeat(16), spanId: "cd".repeat(8), name, kind: 2 }] }],
        },
      ],
    });
  const names = (seen: Investigated): string[] => seen.telemetry.spans({}).map(({ name }) => name);

  it("is investigated without its truth, by the run's folder or its own", async () => {
    for (const path of [join(root, "run"), directory]) {
      const seen = await investigate(path);
      expect(outcomeOf(seen)).toBe("unknown");
      expect(seen).toMatchObject({
        sources: ["recording abcdefgh"],
        window: { from: T0, to: T0 + 10_000 },
        crashed: null,
      });
      expect(names(seen)).toEqual(["GET /2", "GET /3", "GET /8"]);
    }
  });
  it("that was never sealed goes from its first arrival to its last", async () => {
    const bare = join(root, "bare");
    await cp(directory, bare, { recursive: true });
    await rm(join(bare, "manifest.json"));
    const seen = await investigate(bare);
    expect(seen).toMatchObject({ sources: ["unsealed recording bare"], window: { from: T0 + 2_000, to: T0 + 8_000 } });
    expect(names(seen)).toEqual(["GET /2", "GET /3", "GET /8"]);
    await writeFile(join(bare, "telemetry", "traces.otlp.jsonl.gz"), "cut");
    await expect(investigate(bare)).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(/cut off/) });
  });
  it("shows nothing that arrived outside of the time asked about", async () => {
    expect(names(await investigate(directory, { range: { from: T0 + 2_500, to: T0 + 5_000 } }))).toEqual(["GET /3"]);
    expect(names(await investigate(directory, { range: { last: 5_000 } }))).toEqual(["GET /8"]);
  });
  it.each([
    ["a folder that is not there", "nowhere", {}, /is not a recording/],
    ["an unknown scope", "run", { scope: ["billing"] }, /billing is no component that was heard of/],
    ["a time that it does not have", "run", { range: { from: T0 + 60_000 } }, /has nothing in that time/],
  ] as const)("%s is refused with exit 2", async (_, folder, change, message) => {
    const refused = investigate(join(root, folder), change);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toMatchObject({ exitCode: 2 });
  });
  it("of which an agent says nothing is no all-clear", async () => {
    expect(outcomeOf(await investigate(directory, { agent: silent }))).toBe("nothing-said");
  });
});

describe("the recording of a real drill", () => {
  let asked: Investigated;
  beforeAll(async () => {
    asked = await investigate(EXAMPLE, { question: { text: "Error rate spike", signals: ["errors"] } });
  });
  it("gives the findings of the drill: an alarm that the agent raised by itself, and its cause", () => {
    expect(outcomeOf(asked)).toBe("incident");
    expect(asked.findings.map(({ kind }) => kind)).toContain("alarm");
    expect(asked.investigation.hypotheses[0]).toMatchObject({ component: "java-otel-sample-app" });
  });
  it("before the incident, asked about errors, says that nothing is out of normal", async () => {
    const alarm = asked.investigation.raisedAt ?? 0;
    const early = await investigate(EXAMPLE, {
      question: { text: "Error rate spike", signals: ["errors"] },
      range: { from: asked.window.from, to: alarm - 45_000 },
    });
    expect(outcomeOf(early)).toBe("normal");
    expect(early.investigation.gaps.at(-1)).toMatch(/nothing that was asked about is out of its normal/);
  });
  it("in a scope that is well says nothing of the others", async () => {
    const seen = await investigate(EXAMPLE, { scope: ["sample-metrics"] });
    expect(seen.scope).toEqual(["sample-metrics-app"]);
    const heard = seen.telemetry.components({ from: 0, to: seen.window.to }).map(({ component }) => component);
    expect(heard).toEqual(["rates-provider", "sample-metrics-app"]);
    expect(outcomeOf(seen)).toBe("normal");
    expect(JSON.stringify(seen.findings)).not.toContain("java-otel");
  });
});
