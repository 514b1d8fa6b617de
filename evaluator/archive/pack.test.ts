import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fromOtlpJson } from "../../agent/sources/otlp-codec.ts";
import { openStore } from "../../agent/telemetry/store.ts";
import { openIntake } from "../intake.ts";
import { secretsOf } from "../secrets.ts";
import { incident, sampleRun, T0 } from "../testing/sample-trial.ts";
import { pack } from "./pack.ts";
import { readRecording } from "./reader.ts";
import { readTruth } from "./sealed.ts";

const secrets = secretsOf("noisy-neighbour", { title: "A neighbour is noisy", phases: [] as never });
const attribute = (key: string, stringValue: string): object => ({ key, value: { stringValue } });
const request = (name: string, spanId: string) =>
  fromOtlpJson("traces", {
    resourceSpans: [
      {
        resource: { attributes: [attribute("service.name", "shop"), attribute("service.instance.id", "i1")] },
        scopeSpans: [
          { spans: [{ traceId: "ab".repeat(16), spanId, name, attributes: [attribute("http.route", "/")] }] },
        ],
      },
    ],
  });

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "pack-"));
});
afterAll(() => rm(root, { recursive: true }));

async function recorded(folder: string, start = T0): Promise<string> {
  const directory = join(root, folder, "incidents", "abcdefgh");
  const intake = await openIntake(directory, secrets);
  intake.accept(request("GET /", "cd".repeat(8)), T0 + 2_000);
  intake.accept(request("GET /again", "ef".repeat(8)), T0 + 3_000);
  await intake.close();
  await intake.finish({ run: sampleRun(), truth: incident("shop", "cpu") }, { start, end: start + 10_000 }, []);
  return directory;
}

async function spansIn(directory: string): Promise<readonly object[]> {
  const store = openStore();
  await (await readRecording(directory)).pour(store);
  const view = store.view(() => T0 + 10_000);
  const cards = view.components({ from: T0, to: T0 + 10_000 });
  return [...view.spans({}).map(({ trace: _, id: __, ...span }) => span), ...cards];
}

it("a packed recording says the same, and its truth is taken for its own", async () => {
  const directory = await recorded("whole");
  const packed = await pack(directory, join(root, "corpus"));
  expect(await spansIn(packed)).toEqual(await spansIn(directory));
  const { manifest } = await readRecording(packed);
  expect(manifest.files.map(({ path }) => path).every((path) => path.startsWith("parquet/"))).toBe(true);
  expect(manifest.files.find(({ path }) => path === "parquet/spans.parquet")?.records).toBe(2);
  expect(await readdir(packed)).toEqual(["manifest.json", "parquet"]);
  expect((await readTruth(join(root, "corpus", "truth"), manifest)).truth).toEqual(incident("shop", "cpu"));
});

it("the clock of a packed recording begins somewhere in the quiet time before, and tells no onset", async () => {
  const startOf = async (directory: string): Promise<number> => (await readRecording(directory)).manifest.clock.start;
  const start = T0 + 60_000;
  const packed = await startOf(await pack(await recorded("quiet", start), join(root, "fourth")));
  expect(packed).toBeGreaterThan(T0 + 2_000);
  expect(packed).toBeLessThan(start);
  expect((start - packed) % 1_000).toBe(0);
  expect(await startOf(await pack(await recorded("alone"), join(root, "fifth")))).toBe(T0);
});

it("a packed recording that was changed is refused", async () => {
  const packed = await pack(await recorded("changed"), join(root, "other"));
  const file = join(packed, "parquet", "spans.parquet");
  const bytes = await readFile(file);
  bytes[0] = 0;
  await writeFile(file, bytes);
  await expect(readRecording(packed)).rejects.toThrow(/has been changed: byte 0 is not the beginning/);
});

it("a recording that is not whole is not packed, and leaves nothing", async () => {
  const directory = await recorded("half");
  await rm(join(directory, "telemetry", "traces.arrivals"));
  await expect(pack(directory, join(root, "third"))).rejects.toMatchObject({ exitCode: 2 });
  expect(await readdir(join(root, "third", "incidents")).catch(() => [])).toEqual([]);
});
