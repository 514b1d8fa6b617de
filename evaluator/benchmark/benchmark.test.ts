import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nezhaCases } from "./nezha.ts";
import { against } from "./nezha-engine.ts";
import { petshopCases } from "./petshop.ts";
import { documentOf, type RankedCase } from "./score.ts";

const FIXTURES = join(import.meta.dirname, "..", "datasets", "fixtures");
const signal = new AbortController().signal;
let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "benchmark-"));
});
afterAll(() => rm(root, { recursive: true }));

const firstOf = ({ name, rankings }: RankedCase, method = "firedrill") => [name, rankings.get(method)?.[0]];

describe("PetShop's layout", () => {
  const folder = join(FIXTURES, "petshop");
  it("is read as a scenario, a split, an issue, or a set", async () => {
    const all = await Array.fromAsync(petshopCases(folder, signal));
    expect(all.map(({ name, cause }) => [name, cause])).toEqual([
      ["petshop/test/issue_0", "cart"],
      ["petshop/train/issue_0", "cart"],
      ["petshop/train/issue_1", "store"],
    ]);
    expect(await Array.fromAsync(petshopCases(join(folder, "train"), signal))).toEqual(all.slice(1));
    expect(await Array.fromAsync(petshopCases(join(folder, "train", "issue_1"), signal))).toEqual(all.slice(2));
    await cp(folder, join(root, "dataset", "low"), { recursive: true });
    await cp(folder, join(root, "dataset", "high"), { recursive: true });
    const set = await Array.fromAsync(petshopCases(join(root, "dataset"), signal));
    expect(new Set(set.map(({ stratum }) => stratum.split(" ")[0]))).toEqual(new Set(["low", "high"]));
  });

  it("is ranked without normal data and without a call graph, and what is missing is told", async () => {
    const part = join(root, "part");
    await cp(join(folder, "train"), join(part, "train"), { recursive: true });
    await rm(join(part, "train", "issue_1", "target.json"));
    const [one, ...others] = await Array.fromAsync(petshopCases(part, signal));
    expect(others).toEqual([]);
    expect(one && firstOf(one)).toEqual(["part/train/issue_0", ["front"]]);
    expect(one?.notes.map((note) => note.replace(/ \(.*/, ""))).toEqual([
      "part: without the call graph, graph.csv",
      "part: without normal data, noissue/metrics.csv",
      "part: without train/issue_1",
    ]);
  });

  it("refuses a folder of something else", () =>
    expect(Array.fromAsync(petshopCases(join(FIXTURES, "nezha"), signal))).rejects.toMatchObject({ exitCode: 2 }));
});

describe("Nezha's layout", () => {
  it("is read as a day; a fault without traces is ranked by its metrics", async () => {
    const all = await Array.fromAsync(nezhaCases(join(FIXTURES, "nezha"), signal));
    expect(all.map(({ name, cause }) => [name, cause])).toEqual([
      ["2020-01-01/00:12:00", "cart"],
      ["2020-01-01/00:20:00", "ad-store"],
      ["2020-01-01/00:40:00", "front"],
    ]);
    expect(all[1]?.notes).toContain("2020-01-01 00:20:00: without traces");
  });
  it("judges an excess by how it varies over the other windows, and by the floor when they are few", () => {
    expect(against(6, [], 3)).toBe(2);
    expect(against(-6, [], 3)).toBe(0);
    // Median 1, scale max(1.4826 x 0, (2 - 1) / 0.84, 0.5).
    expect(against(6, [1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2], 0.5)).toBeCloseTo(5 * 0.84, 9);
  });
});

/** Hardt et al., arXiv 2311.04806, CC BY 4.0; development data, so that this guards the implementation. */
const PETSHOP = process.env["FIREDRILL_PETSHOP"] ?? "";
const NEZHA = process.env["FIREDRILL_NEZHA"] ?? "";
describe.skipIf(!existsSync(join(PETSHOP, "graph.csv")))("on PetShop's low traffic", () => {
  it("the engine is first, and the traversal is what was published", async () => {
    const document = documentOf("petshop", await Array.fromAsync(petshopCases(PETSHOP, signal)));
    expect(document.cases).toBe(26);
    const own = document.rows.find(({ method }) => method === "firedrill");
    expect([own?.ac1, own?.ac3].every((share) => (share ?? 0) >= 0.95)).toBe(true);
    const latency = Object.entries(document.strata).find(([name]) => name.endsWith("latency"))?.[1];
    const published = latency?.rows.find(({ method }) => method === "traversal");
    expect([published?.ac1.toFixed(4), published?.ac3.toFixed(4)]).toEqual(["0.5714", "0.5714"]);
  });
});
describe.skipIf(!existsSync(NEZHA))("on Nezha's day 2022-08-22", () => {
  it("the engine names the service in most cases", { timeout: 300_000 }, async () => {
    const document = documentOf("nezha", await Array.fromAsync(nezhaCases(NEZHA, signal)));
    expect(document.cases).toBe(24);
    expect(document.rows[0]?.method).toBe("firedrill");
    expect(document.rows[0]?.ac1).toBeGreaterThanOrEqual(0.75);
  });
});
it.runIf(!existsSync(PETSHOP) || !existsSync(NEZHA))(
  "public data is left out where FIREDRILL_PETSHOP or FIREDRILL_NEZHA names no folder",
  () => expect(existsSync(PETSHOP) && existsSync(NEZHA)).toBe(false),
);
