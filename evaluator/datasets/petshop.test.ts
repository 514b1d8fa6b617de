import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { casesOf, openCase } from "../case.ts";
import petshop from "./petshop.ts";
import { collected, importedInto } from "./testing/imported.ts";

const FIXTURE = join(import.meta.dirname, "fixtures", "petshop");
const signal = new AbortController().signal;
let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "petshop-"));
});
afterAll(() => rm(root, { recursive: true }));

describe("the PetShop importer", () => {
  it("makes a case of each issue, under names that say nothing, with the truth apart", async () => {
    const names = await importedInto(petshop, FIXTURE, join(root, "all"));
    expect([...names.values()]).toEqual(["petshop/train/issue_0", "petshop/train/issue_1", "petshop/test/issue_0"]);
    const cases = await Promise.all((await casesOf(join(root, "all"))).map(openCase));
    const causes = cases.map(({ manifest, sealed: { truth } }) => [
      names.get(manifest.id),
      truth.incident && truth.causes.map(({ component, cause }) => [component, cause]),
    ]);
    expect(Object.fromEntries(causes)).toEqual({
      "petshop/train/issue_0": [["cart", "unknown"]],
      "petshop/train/issue_1": [["store", "unknown"]],
      "petshop/test/issue_0": [["cart", "unknown"]],
    });
    for (const { manifest } of cases) expect(JSON.stringify(manifest)).not.toMatch(/issue_|cart-delay|store-delay/);
  });

  it("joins columns by name, keeps gaps, and shows a row 5 s after its 5 minutes", async () => {
    const [one] = await collected(petshop, FIXTURE);
    const { store } = await openCase(await soleCase("joined", "train/issue_0"));
    expect(one?.name).toBe("petshop/train/issue_0");
    const first = 1_600_000_000_000;
    const seenAt = (now: number): number =>
      store
        .view(() => now)
        .series({ within: { from: first + 1, to: now }, component: "cart", metric: "http.server.request.duration" })[0]
        ?.at.length ?? 0;
    expect([seenAt(first + 304_999), seenAt(first + 305_000)]).toEqual([0, 1]);
    const end = first + 1_800_000;
    const latency = store
      .view(() => end)
      .series({ within: { from: first + 1, to: end }, component: "store", metric: "http.server.request.duration" });
    expect(latency.map(({ unit, value }) => [unit, [...value]])).toEqual([["s", [0.012, 0.011, 0.013, 0.012]]]);
  });

  it("lays the normal data, which is later, before the issue, and says so", async () => {
    const { manifest, store } = await openCase(await soleCase("normal", "train/issue_0"));
    const within = { from: 0, to: 1_600_000_000_000 + 1 };
    const [before] = store
      .view(() => manifest.clock.end)
      .series({ within, component: "front", where: { statistic: "Sum" } });
    expect([...(before?.value ?? [])]).toEqual([400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411]);
    expect(manifest.notes?.join()).toContain("12 rows of it are laid before");
    expect(manifest.arrivals).toMatch(/end \+ 5 s/);
  });

  it("goes on without normal data, and says so; the graph lies in the context", async () => {
    const folder = join(root, "without");
    await cp(FIXTURE, folder, { recursive: true });
    await rm(join(folder, "noissue"), { recursive: true });
    const [one] = await collected(petshop, folder);
    expect(one?.notes.join()).toContain("no normal data was published");
    const directory = await soleCase("graph", "test/issue_0");
    expect(JSON.parse(await readFile(join(directory, "context", "topology.json"), "utf8"))).toEqual({
      edges: [
        { caller: "front", callee: "cart" },
        { caller: "cart", callee: "store" },
      ],
    });
  });

  it("refuses a folder of something else, and a file that has been cut", async () => {
    await expect(collected(petshop, join(root, "all"))).rejects.toMatchObject({ exitCode: 2 });
    const folder = join(root, "cut");
    await cp(FIXTURE, folder, { recursive: true });
    await cp(join(folder, "graph.csv"), join(folder, "train", "issue_0", "metrics.csv"));
    await expect(collected(petshop, folder)).rejects.toThrow(/no three header rows/);
  });

  it("stops when it is told to", async () => {
    const stopped = AbortSignal.abort();
    await expect(Array.fromAsync(petshop.read(FIXTURE, stopped))).rejects.toThrow();
    expect(signal.aborted).toBe(false);
  });
});

/** Imports the fixture and gives the directory of one of its cases. */
async function soleCase(folder: string, name: string): Promise<string> {
  const names = await importedInto(petshop, FIXTURE, join(root, folder));
  const [id = ""] = [...names].find(([, one]) => one === `petshop/${name}`) ?? [];
  return join(root, folder, "incidents", id);
}

/** Hardt et al., arXiv 2311.04806, CC BY 4.0; set FIREDRILL_PETSHOP to the folder with graph.csv. */
const DATA = process.env["FIREDRILL_PETSHOP"] ?? "";
const absent = !existsSync(join(DATA, "graph.csv"));
it.skipIf(absent)("reads the 26 low-traffic issues that were published", async () => {
  const cases = await collected(petshop, DATA);
  expect(cases).toHaveLength(26);
  for (const { components, edges, fault, truth, clock } of cases) {
    expect([components.length, edges?.length]).toEqual([42, 44]);
    expect(truth.incident && components.includes(truth.causes[0].component)).toBe(true);
    expect(fault.from > clock.start && fault.from < clock.end).toBe(true);
  }
});
it.runIf(absent)("PetShop is left out: FIREDRILL_PETSHOP names no folder with graph.csv", () =>
  expect(absent).toBe(true),
);
