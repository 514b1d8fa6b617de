import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Case, casesOf, openCase } from "../case.ts";
import rcaeval, { labelOf } from "./rcaeval.ts";
import { collected, importedInto } from "./testing/imported.ts";

const FIXTURE = join(import.meta.dirname, "fixtures", "rcaeval");
let root = "";
let cases: ReadonlyMap<string, Case>;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "rcaeval-"));
  const names = await importedInto(rcaeval, FIXTURE, join(root, "all"));
  const opened = await Promise.all((await casesOf(join(root, "all"))).map(openCase));
  cases = new Map(opened.map((one) => [names.get(one.manifest.id) ?? "", one]));
});
afterAll(() => rm(root, { recursive: true }));
const caseOf = (name: string): Case => cases.get(name) as Case;

describe("the RCAEval importer", () => {
  it("takes the label from the folder, nested or flat; a service and its database are one", () => {
    const causes = [...cases].map(([name, { sealed }]) => [name, sealed.truth.incident && sealed.truth.causes[0]]);
    expect(Object.fromEntries(causes)).toEqual({
      "cart_cpu/1": { component: "cart", cause: "cpu", accepts: ["cart-db"] },
      "store_mem/2": { component: "store", cause: "memory" },
      "front_delay/3": { component: "front", cause: "network-latency" },
    });
    for (const { manifest } of cases.values())
      expect(JSON.stringify(manifest)).not.toMatch(/cart_cpu|store_mem|front_/);
  });

  it("gives each column to its service, by its first underline, and leaves gaps", () => {
    const { store, manifest, sealed } = caseOf("front_delay/3");
    const all = { from: 0, to: manifest.clock.end };
    const series = store.view(() => manifest.clock.end).series({ within: all });
    expect(series.map(({ component, metric, at }) => [component, metric, at.length])).toEqual([
      ["cart", "k8s.pod.cpu.usage", 24],
      ["cart", "k8s.pod.memory.usage", 24],
      ["cart-db", "k8s.pod.cpu.usage", 23],
      ["front", "http.server.error.rate", 24],
      ["front", "http.server.request.duration", 24],
      ["front", "http.server.request.rate", 24],
      ["store", "k8s.pod.memory.usage", 24],
    ]);
    expect(sealed.run.inForceAt).toBe(1_600_002_014_000);
  });

  it("leaves out what is more than ten minutes away, and says what it does not read", () => {
    const { manifest } = caseOf("store_mem/2");
    expect(manifest.clock.end).toBe(1_600_001_023_000 + 5_000);
    expect(manifest.notes?.[0]).toMatch(/logs\.csv not read$/);
  });

  it("refuses a folder without cases, and a name that is no label", async () => {
    await expect(collected(rcaeval, join(import.meta.dirname, "testing"))).rejects.toMatchObject({ exitCode: 2 });
    expect(() => labelOf("/data/cart/1")).toThrow(/does not name/);
    expect(labelOf("/data/re2-ob_ts-order-service_f3_12")).toEqual({
      service: "ts-order-service",
      fault: "f3",
      number: "12",
    });
  });
});
