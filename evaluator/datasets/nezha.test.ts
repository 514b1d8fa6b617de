import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Case, casesOf, openCase } from "../case.ts";
import nezha from "./nezha.ts";
import { daysIn, serviceOf } from "./nezha-day.ts";
import { metricsOf } from "./nezha-metrics.ts";
import { collected, importedInto } from "./testing/imported.ts";

const FIXTURE = join(import.meta.dirname, "fixtures", "nezha");
const DAY = ["rca_data", "2020-01-01"] as const;
/** 2020-01-01, 00:12:00 UTC. */
const INJECTED = 1_577_837_520_000;
let root = "";
let cases: ReadonlyMap<string, Case>;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "nezha-"));
  const names = await importedInto(nezha, FIXTURE, join(root, "all"));
  const opened = await Promise.all((await casesOf(join(root, "all"))).map(openCase));
  cases = new Map(opened.map((one) => [names.get(one.manifest.id) ?? "", one]));
});
afterAll(() => rm(root, { recursive: true }));
const first = (): Case => cases.get("2020-01-01/00:12:00") as Case;
const seen = ({ store, manifest }: Case) => store.view(() => manifest.clock.end);

describe("the Nezha importer", () => {
  it("makes a case of each fault, with the service of the pod as its cause", () => {
    const causes = [...cases].map(([name, { sealed }]) => [name, sealed.truth.incident && sealed.truth.causes]);
    expect(Object.fromEntries(causes)).toEqual({
      "2020-01-01/00:12:00": [{ component: "cart", cause: "cpu" }],
      "2020-01-01/00:20:00": [{ component: "ad-store", cause: "network-latency" }],
      "2020-01-01/00:40:00": [{ component: "front", cause: "code-error" }],
    });
    expect([...cases.values()].map(({ sealed }) => sealed.run.revertedAt).sort()).toEqual(
      [3, 11, 31].map((minutes) => INJECTED + minutes * 60_000),
    );
  });

  it("leaves out what lies before a minute after the last fault", () => {
    const starts = [...cases.values()].map(({ manifest }) => (manifest.clock.start - INJECTED) / 60_000);
    expect(starts.sort((a, b) => a - b)).toEqual([-10, 4, 18]);
  });

  it("tells by their pods which spans were entered and which are calls", () => {
    const spans = seen(first()).spans({});
    expect(spans).toHaveLength(13);
    const kinds = spans.slice(0, 4).map(({ component, instance, kind }) => [component, instance, kind]);
    expect(kinds).toEqual([
      ["cart", "cart-55d8f4-x1y2z", "internal"],
      ["cart", "cart-55d8f4-x1y2z", "server"],
      ["front", "front-66a7e2-p5q6r", "client"],
      ["front", "front-66a7e2-p5q6r", "server"],
    ]);
    expect(spans.at(-1)).toMatchObject({ component: "ad-store", kind: "internal" });
    const calls = seen(first()).calls({ from: INJECTED, to: INJECTED + 60_000 });
    expect(calls.map(({ caller, callee, count }) => [caller, callee, count])).toEqual([["front", "cart", 3]]);
  });

  it("shows a span five seconds after its end, not before", () => {
    const { store } = first();
    const count = (now: number): number => store.view(() => now).spans({}).length;
    // The first four end 1.4 to 1.9 s after.
    expect([count(INJECTED + 6_999), count(INJECTED + 7_000)]).toEqual([0, 4]);
  });

  it("unpacks logs that are escaped twice, and reads the level of plain lines", () => {
    const logs = seen(first()).logs({});
    expect(logs.map(({ component, severity, body }) => [component, severity, body])).toEqual([
      ["cart", 17, 'no more "cards", sorry'],
      ["front", 13, "2020-01-01 00:12:02 WARN Recv slow, waiting"],
    ]);
    expect(logs[0]).toMatchObject({ span: "c000000000000001", attributes: { "http.resp.status": 500 } });
  });

  it("reads metrics by their text time, in units that the columns tell", () => {
    const within = { from: 0, to: INJECTED + 10 * 60_000 };
    const [cpu] = seen(first()).series({ within, component: "cart", metric: "process.cpu.utilization" });
    expect([cpu?.unit, [...(cpu?.value ?? [])]]).toEqual(["%", [5, 5, 5, 95, 95]]);
    expect(((cpu?.at[0] ?? 0) - INJECTED) / 1_000).toBeCloseTo(-9 * 60 + 19.573, 3);
    const [latency] = seen(first()).series({ within, component: "front", metric: "http.server.request.duration" });
    expect(latency).toMatchObject({ unit: "s", attributes: { quantile: 0.5 } });
  });

  it("says which minutes are missing", () =>
    expect(first().manifest.notes?.[0]).toMatch(/^spans in 1 and logs in 1 of 14 minutes/));

  it("takes the texts of a day whose clock is ahead for what they are", async () => {
    const folder = join(root, "ahead");
    await cp(FIXTURE, folder, { recursive: true });
    const day = join(folder, ...DAY);
    const list = join(day, "2020-01-01-fault_list.json");
    await writeFile(list, (await readFile(list, "utf8")).replace("00:12:00", "08:12:00"));
    await rename(join(day, "trace", "00_13_trace.csv"), join(day, "trace", "08_13_trace.csv"));
    const [one] = await collected(nezha, folder);
    expect(one?.fault.from).toBe(INJECTED);
    expect([...(one?.requests ?? [])].filter(({ request }) => request.signal === "traces")).not.toHaveLength(0);
  });

  it("refuses a folder of something else", () =>
    expect(collected(nezha, join(FIXTURE, ...DAY, "metric"))).rejects.toMatchObject({ exitCode: 2 }));
});

/** Yu et al., FSE 2023, MIT: the day 2022-08-22; set FIREDRILL_NEZHA to the folder it was unpacked to. */
const DATA = process.env["FIREDRILL_NEZHA"] ?? "";
const absent = !existsSync(DATA);
describe.skipIf(absent)("Nezha's day 2022-08-22", () => {
  it("has 24 faults on 10 services, one with an epoch that is off by a minute", async () => {
    const [day] = (await daysIn(DATA)).filter(({ name }) => name === "2022-08-22");
    const faults = day?.faults ?? [];
    expect([faults.length, new Set(faults.map(({ pod }) => serviceOf(pod))).size]).toEqual([24, 10]);
    const off = faults.map(({ at, epoch }) => Math.abs(at - (epoch ?? at))).filter((ms) => ms > 0);
    expect(off).toEqual([60_000]);
  });
  it("has ten pod series of 1,209 minutes", async () => {
    const [day] = (await daysIn(DATA)).filter(({ name }) => name === "2022-08-22");
    const { rows } = await metricsOf(day?.directory ?? "");
    const pods = rows.filter(({ instance }) => instance !== "");
    const counts = [...Map.groupBy(pods, ({ instance }) => instance).values()].map((own) => own.length);
    expect(counts.filter((count) => count === 1_209)).toHaveLength(10);
  });
});
it.runIf(absent)("Nezha is left out: FIREDRILL_NEZHA names no folder", () => expect(absent).toBe(true));
