import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Change, ClusterObject, LogRecord, Point, Span, TelemetrySink } from "./model.ts";
import { openWarehouse } from "./warehouse.ts";
import { pourParquet } from "./warehouse-reader.ts";

const T = 1_800_000_000_000;
const who = (arrival: number) => ({ component: "shop", instance: "i1", arrival: T + arrival });
const span = (id: string, trace: string, arrival: number, more: Partial<Span> = {}): Span => ({
  ...who(arrival),
  trace,
  id,
  name: "GET /",
  kind: "server",
  start: T + 0.25,
  end: T + 1.5,
  failed: false,
  attributes: { "http.route": "/", "http.response.status_code": 200, ok: true },
  exceptions: [],
  ...more,
});
const point = (value: number, arrival: number, more: Partial<Point> = {}): Point => ({
  ...who(arrival),
  metric: "jvm.memory.used",
  unit: "By",
  kind: "gauge",
  temporality: "cumulative",
  attributes: { pool: "a" },
  at: T + arrival - 1,
  start: 0,
  value,
  ...more,
});
const log: LogRecord = { ...who(4), at: T + 3, severity: 9, body: "hello", attributes: {} };
const change: Change = {
  id: "c1",
  at: T,
  component: "shop",
  kind: "deploy",
  summary: "1.2.3",
  status: "succeeded",
  arrival: T + 2,
};
const object: ClusterObject = { ...who(9), at: T + 8, kind: "process", reason: "exited", attributes: { code: 1 } };

/** Everything that is poured, in its order. */
function listener(): { readonly heard: unknown[]; readonly sink: TelemetrySink } {
  const heard: unknown[] = [];
  const note = (one: unknown): void => void heard.push(one);
  const resource: TelemetrySink["resource"] = (component, instance, attributes, arrival) =>
    note({ component, instance, attributes, arrival });
  return { heard, sink: { span: note, log: note, point: note, change: note, object: note, resource } };
}

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "tables-"));
});
afterAll(() => rm(root, { recursive: true }));

async function through(records: readonly ((sink: TelemetrySink) => void)[], small: boolean): Promise<unknown[]> {
  const directory = await mkdtemp(join(root, "one-"));
  await using warehouse = await openWarehouse();
  for (const record of records) record(warehouse);
  await warehouse.exportParquet(directory, { small });
  const { heard, sink } = listener();
  await pourParquet(directory, sink);
  return heard;
}

it("gives back what was put in, in order of arrival, fields that were not there left out", async () => {
  const spans = [
    span("b2", "t1", 1),
    span("a1", "t1", 5, { parent: "b2", failed: true, exceptions: [{ type: "E", message: "m" }] }),
  ];
  const points = [
    point(1.5, 3),
    point(7, 6, { kind: "histogram", count: 2, bounds: [1, 2], buckets: [0, 1, 1], metric: "h", unit: "s" }),
  ];
  const heard = await through(
    [
      (sink) => sink.resource("shop", "i1", { "service.name": "shop" }, T + 1),
      ...spans.map((one) => (sink: TelemetrySink) => sink.span(one)),
      ...points.map((one) => (sink: TelemetrySink) => sink.point(one)),
      (sink) => sink.log(log),
      (sink) => sink.change(change),
      (sink) => sink.object(object),
    ],
    false,
  );
  const described = { component: "shop", instance: "i1", attributes: { "service.name": "shop" }, arrival: T + 1 };
  expect(heard).toEqual([described, spans[0], change, points[0], log, spans[1], points[1], object]);
});

it("gives ids short names in their own order, everywhere the same", async () => {
  const spans = [span("ff", "e0", 1), span("0a", "e0", 2, { parent: "ff" }), span("30", "0e", 3, { parent: "gone" })];
  const heard = (await through(
    [
      ...spans.map((one) => (sink: TelemetrySink) => sink.span(one)),
      (sink) => sink.log({ ...log, trace: "e0", span: "0a" }),
    ],
    true,
  )) as (Span & LogRecord)[];
  expect(heard.map(({ trace, id, parent, span: of }) => [trace, id ?? of, parent])).toEqual([
    ["000001", "000002", undefined],
    ["000001", "000000", "000002"],
    ["000000", "000001", "000003"],
    ["000001", "000000", undefined],
  ]);
});

it("refuses a file that is none", async () => {
  const directory = await mkdtemp(join(root, "none-"));
  await writeFile(join(directory, "resources.parquet"), "no table");
  await expect(pourParquet(directory, listener().sink)).rejects.toThrow(/parquet/i);
});
