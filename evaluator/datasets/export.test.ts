import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromOtlpJson } from "../../agent/sources/otlp-codec.ts";
import type { Truth } from "../../scenarios/scenario.ts";
import { casesOf, openCase } from "../case.ts";
import { openIntake } from "../intake.ts";
import { secretsOf } from "../secrets.ts";
import { incident, sampleRun, T0 } from "../testing/sample-trial.ts";
import { csvRecords } from "./csv.ts";
import { exportOtlp } from "./otlp-export.ts";
import rcaeval from "./rcaeval.ts";
import { exportRcaeval } from "./rcaeval-export.ts";
import { gauge, nanosOf, pairsOf } from "./requests.ts";
import { importedInto } from "./testing/imported.ts";

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "export-"));
});
afterAll(() => rm(root, { recursive: true }));

const SECRETS = secretsOf("noisy-neighbour", { title: "A neighbour is noisy", phases: [] as never });
const sender = { attributes: pairsOf({ "service.name": "pet_shop" }) };

/** Ten seconds of one app: two requests in the third second, one of them failed, and a counter of CPU seconds. */
async function recorded(folder: string, truth: Truth): Promise<string> {
  const directory = join(root, folder, "incidents", "abcdefgh");
  const intake = await openIntake(directory, SECRETS);
  const span = (id: string, from: number, to: number, code: number) => ({
    traceId: id.repeat(32),
    spanId: id.repeat(16),
    name: "GET /",
    kind: 2,
    startTimeUnixNano: nanosOf(T0 + from),
    endTimeUnixNano: nanosOf(T0 + to),
    status: { code },
  });
  const spans = [span("a", 2_000, 2_100, 0), span("b", 2_200, 2_500, 2)];
  intake.accept(fromOtlpJson("traces", { resourceSpans: [{ resource: sender, scopeSpans: [{ spans }] }] }), T0 + 3_000);
  for (const [at, value] of [[0, 10], [4_000, 12], [8_000, 16]] as const) // biome-ignore format: a table
    intake.accept(
      fromOtlpJson("metrics", {
        resourceMetrics: [{ resource: sender, scopeMetrics: [{ metrics: [counter(at, value), level(at, value)] }] }],
      }),
      T0 + at + 10,
    );
  await intake.close();
  const run = sampleRun({ inForceAt: T0 + 4_500, endedAt: T0 + 10_000 });
  await intake.finish({ run, truth }, { start: T0, end: T0 + 10_000 }, []);
  return directory;
}
const counter = (at: number, asDouble: number): object => ({
  name: "process.cpu.time",
  unit: "s",
  sum: {
    aggregationTemporality: 2,
    isMonotonic: true,
    dataPoints: [{ startTimeUnixNano: nanosOf(T0 - 1_000), timeUnixNano: nanosOf(T0 + at), asDouble }],
  },
});
const level = (at: number, value: number): object => gauge("process.memory.usage", "KiBy", T0 + at, value);

describe("a recording as a case of RCAEval", () => {
  it("has a row a second, and requests, processor and memory of each component as they were", async () => {
    const cases = [await recorded("one", incident("pet_shop", "memory"))];
    const [done] = await Array.fromAsync(exportRcaeval(cases, join(root, "out")));
    const folder = join(root, "out", "truth", "pet-shop_mem", "1");
    expect(done).toEqual({ id: "abcdefgh", folder });
    const rows = [...csvRecords(await readFile(join(folder, "data.csv"), "utf8"))];
    expect(rows).toHaveLength(10);
    const column = (name: string): (string | undefined)[] => rows.map((row) => row[name]);
    expect(rows[0]?.["time"]).toBe(String(T0 / 1_000));
    expect(column("pet-shop_load")).toEqual(["0", "0", "2", "0", "0", "0", "0", "0", "0", "0"]);
    expect(column("pet-shop_error")[2]).toBe("1");
    expect(column("pet-shop_latency").map((cell) => cell && Number(cell).toFixed(1))[2]).toBe("0.2");
    expect(column("pet-shop_latency")[3]).toBe("");
    expect(column("pet-shop_cpu")).toEqual(["", "", "", "", "1", "1", "1", "1", "", ""]);
    expect(column("pet-shop_mem").at(-1)).toBe(String(16 * 1_024));
    expect(await readFile(join(folder, "inject_time.txt"), "utf8")).toBe(`${T0 / 1_000 + 4}\n`);
    expect(JSON.parse(await readFile(join(folder, "names.json"), "utf8"))).toEqual({
      case: "abcdefgh",
      names: { "pet-shop": "pet_shop" },
    });
    expect(await readdir(join(root, "out"))).toEqual(["truth"]);
    expect((await stat(join(root, "out", "truth"))).mode & 0o777).toBe(0o700);
  });

  it("counts cases of one label, names an edge by its callee, and leaves out a control", async () => {
    const cases = [
      await recorded("first", incident("pet_shop->store", "network-latency")),
      await recorded("second", incident("pet_shop->store", "network-latency")),
      await recorded("quiet", { incident: false }),
    ];
    const done = await Array.fromAsync(exportRcaeval(cases, join(root, "three")));
    const truth = join(root, "three", "truth");
    expect(done.map((one) => ("folder" in one ? one.folder : one.left))).toEqual([
      join(truth, "store_delay", "1"),
      join(truth, "store_delay", "2"),
      expect.stringContaining("nothing was wrong"),
    ]);
  });

  it("is read again by the importer as it was", async () => {
    const fixture = join(import.meta.dirname, "fixtures", "rcaeval");
    await importedInto(rcaeval, fixture, join(root, "in"));
    await Array.fromAsync(exportRcaeval(await casesOf(join(root, "in")), join(root, "again")));
    const names = await importedInto(rcaeval, join(root, "again", "truth"), join(root, "twice"));
    expect([...names.values()].sort()).toEqual(["cart_cpu/1", "front_delay/1", "store_mem/1"]);
    const [id = ""] = [...names].find(([, name]) => name === "cart_cpu/1") ?? [];
    const { store, manifest, sealed } = await openCase(join(root, "twice", "incidents", id));
    const within = { from: 0, to: manifest.clock.end };
    const [cpu] = store
      .view(() => manifest.clock.end)
      .series({ within, component: "cart", metric: "k8s.pod.cpu.usage" });
    const at = [...(cpu?.at ?? [])].indexOf(sealed.run.inForceAt ?? 0);
    expect([cpu?.value[at - 1], cpu?.value[at]]).toEqual([0.1, 0.9]);
  });
});

describe("a recording as plain OTLP", () => {
  it("has one request a line, and nothing else", async () => {
    const cases = [await recorded("plain", incident("pet_shop", "memory"))];
    const [done] = await Array.fromAsync(exportOtlp(cases, join(root, "otlp")));
    const folder = done?.folder ?? "";
    expect((await readdir(folder)).sort()).toEqual(["logs.otlp.jsonl", "metrics.otlp.jsonl", "traces.otlp.jsonl"]);
    const lines = (await readFile(join(folder, "metrics.otlp.jsonl"), "utf8")).trim().split("\n");
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(fromOtlpJson("metrics", JSON.parse(line)).signal).toBe("metrics");
    expect(await readFile(join(folder, "logs.otlp.jsonl"), "utf8")).toBe("");
  });

  it("refuses a recording that was changed", async () => {
    const directory = await recorded("changed", incident("pet_shop", "memory"));
    await rm(join(directory, "telemetry", "logs.arrivals"));
    await expect(Array.fromAsync(exportOtlp([directory], join(root, "none")))).rejects.toMatchObject({ exitCode: 2 });
  });
});
