import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromOtlpJson } from "../../agent/sources/otlp-codec.ts";
import { openStore } from "../../agent/telemetry/store.ts";
import { openIntake } from "../intake.ts";
import { changeOf, objectOf } from "../platform.ts";
import { secretsOf } from "../secrets.ts";
import { incident, sampleRun, T0 } from "../testing/sample-trial.ts";
import { readRecording } from "./reader.ts";
import { readTruth } from "./sealed.ts";

const secrets = secretsOf("noisy-neighbour", { title: "A neighbour is noisy", phases: [] as never });
const spans = (name: string, attributes: object[] = []) =>
  fromOtlpJson("traces", {
    resourceSpans: [
      {
        resource: { attributes: [{ key: "service.name", value: { stringValue: "shop" } }] },
        scopeSpans: [{ spans: [{ traceId: "ab".repeat(16), spanId: "cd".repeat(8), name, attributes }] }],
      },
    ],
  });
const RELEASE = {
  id: "c1",
  at: T0 + 2_400,
  service: "go-otel-sample-app",
  kind: "deploy",
  summary: "release 1.8.2: dependency updates",
  before: "1.8.1",
  after: "1.8.2",
  status: "succeeded",
} as const;
let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "archive-"));
});
afterAll(() => rm(root, { recursive: true }));

async function recorded(folder: string, attributes: object[] = []): Promise<string> {
  const directory = join(root, folder, "incidents", "abcdefgh");
  const intake = await openIntake(directory, secrets);
  intake.accept(spans("GET /", attributes), T0 + 2_000);
  intake.accept(spans("GET /again"), T0 + 3_000);
  intake.object(objectOf({ at: T0, service: "store", instance: "", reason: "exited", code: 1 }, T0 + 1));
  intake.change(changeOf(RELEASE, T0 + 2_500));
  await intake.close();
  const truth = incident("store", "unavailable");
  await intake.finish({ run: sampleRun(), truth }, { start: T0, end: T0 + 10_000 }, []);
  return directory;
}

describe("a recording", () => {
  it("gives back what arrived, when it arrived", async () => {
    const { manifest, pour } = await readRecording(await recorded("whole"));
    const store = openStore();
    await pour(store);
    const names = (now: number): string[] =>
      store
        .view(() => now)
        .spans({})
        .map(({ name }) => name);
    expect([names(T0 + 1_999), names(T0 + 2_000), names(T0 + 3_000)]).toEqual([[], ["GET /"], ["GET /", "GET /again"]]);
    expect(manifest.files.find(({ path }) => path.startsWith("telemetry/traces.otlp"))?.records).toBe(2);
  });
  it("gives back changes, visible from their arrival on", async () => {
    const { pour } = await readRecording(await recorded("changes"));
    const store = openStore();
    await pour(store);
    const seen = (now: number) => store.view(() => now).changes({ from: T0, to: T0 + 10_000 });
    expect(seen(T0 + 2_499)).toEqual([]);
    const { service, ...rest } = RELEASE;
    expect(seen(T0 + 2_500)).toEqual([{ ...rest, component: service, arrival: T0 + 2_500 }]);
  });
  it("lies there as tables too, of which its manifest says nothing", async () => {
    const directory = await recorded("tables");
    const { manifest } = await readRecording(directory);
    expect(manifest.files.filter(({ path }) => path.includes("parquet"))).toEqual([]);
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    const read = async (table: string, columns: string): Promise<unknown> =>
      (await connection.runAndReadAll(`select ${columns} from '${directory}/parquet/${table}.parquet'`)).getRowsJson();
    expect(await read("spans", "name, arrival_ms")).toEqual([
      ["GET /", T0 + 2_000],
      ["GET /again", T0 + 3_000],
    ]);
    expect(await read("objects", "component, reason")).toEqual([["store", "exited"]]);
    expect(await read("resources", "attributes")).toEqual([['{"service.name":"shop"}']]);
    expect(await read("changes", "component, summary")).toEqual([["go-otel-sample-app", RELEASE.summary]]);
    for (const table of ["points", "logs"]) expect(await read(table, "component")).toEqual([]);
    connection.closeSync();
    instance.closeSync();
  });
  it("without a manifest is refused", async () => {
    const directory = await recorded("unfinished");
    await rm(join(directory, "manifest.json"));
    await expect(readRecording(directory)).rejects.toMatchObject({ exitCode: 2 });
  });
  it("that was changed is refused", async () => {
    const directory = await recorded("changed");
    await writeFile(join(directory, "telemetry", "traces.arrivals"), "1\n2\n");
    await expect(readRecording(directory)).rejects.toThrow(/is cut off: it ends at byte 4 of 40/);
  });
});

describe("the truth", () => {
  it("lies apart, for its owner alone, and only that of this recording is taken", async () => {
    const directory = await recorded("sealed");
    const truths = join(root, "sealed", "truth");
    expect((await stat(truths)).mode & 0o777).toBe(0o700);
    const { manifest } = await readRecording(directory);
    expect((await readTruth(truths, manifest)).truth).toEqual(incident("store", "unavailable"));
    expect(await readFile(join(directory, "manifest.json"), "utf8")).not.toContain("unavailable");
    const file = join(truths, "abcdefgh.json");
    await writeFile(file, (await readFile(file, "utf8")).replace('"unavailable"', '"cpu"'));
    await expect(readTruth(truths, manifest)).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe("the blindfold", () => {
  it("takes away and counts attributes that speak", async () => {
    const text = (key: string, stringValue: string): object => ({ key, value: { stringValue } });
    const intake = await openIntake(join(root, "blind", "incidents", "x"), secrets);
    intake.accept(spans("a", [text("fault.kind", "x"), text("note", "see noisy-neighbour"), text("ok", "fine")]), T0);
    expect(intake.redactions()).toBe(2);
    const [span] = intake.store.view(() => T0).spans({});
    expect(span?.attributes).toEqual({ ok: "fine" });
    await intake.close();
  });
  it("leaves the request as it came, so that the next recording counts for itself", async () => {
    const request = spans("a", [{ key: "fault.kind", value: { stringValue: "x" } }]);
    const counts: number[] = [];
    for (const folder of ["first", "second"]) {
      const intake = await openIntake(join(root, folder, "incidents", "x"), secrets);
      intake.accept(request, T0);
      counts.push(intake.redactions());
      await intake.close();
    }
    expect(counts).toEqual([1, 1]);
  });
});

describe("the leak scanner", () => {
  const word = "noisy-neighbour";
  const base64 = (lead: string): string => Buffer.from(`${lead}${word}tail`).toString("base64");
  const planted: readonly (readonly [string, string])[] = [
    ["plain", word],
    ["in capitals", word.toUpperCase()],
    ["in hex", Buffer.from(word).toString("hex")],
    ["in base64", base64("")],
    ["in base64, one byte in", base64("x")],
    ["in base64, two bytes in", base64("xy")],
    ["in URL code", encodeURIComponent("A neighbour is noisy")],
    ["as a word of the trade", "the drill begins"],
  ];
  for (const [how, text] of planted)
    it(`finds a name ${how}`, async () => {
      const intake = await openIntake(join(root, `leak-${how.replace(/\W/g, "")}`, "incidents", "x"), secrets);
      intake.accept(spans(`GET /${text}`), T0);
      await intake.close();
      const files = (await intake.leaks()).map(({ file }) => file);
      expect([...new Set(files)]).toEqual(["telemetry/traces.otlp.jsonl.gz"]);
    });
  it("finds a name in the text of a change", async () => {
    const intake = await openIntake(join(root, "leak-change", "incidents", "x"), secrets);
    intake.change(changeOf({ ...RELEASE, summary: "noisy-neighbour started" }, T0));
    await intake.close();
    expect(await intake.leaks()).toMatchObject([{ file: "context/changes.jsonl", token: "noisy-neighbour" }]);
  });
  it("finds nothing in a clean recording, and no part of a word", async () => {
    const intake = await openIntake(join(root, "clean", "incidents", "x"), secrets);
    intake.accept(spans("GET /default paging.faults injection drilldown"), T0);
    await intake.close();
    expect(await intake.leaks()).toEqual([]);
  });
});
