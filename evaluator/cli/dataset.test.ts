import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

// A command takes half a second alone and five on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const START = join(import.meta.dirname, "start.mjs");
const FIXTURE = join(import.meta.dirname, "..", "datasets", "fixtures", "rcaeval");
let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "dataset-"));
});
afterAll(() => rmSync(root, { recursive: true }));

function run(...args: readonly string[]) {
  const ran = spawnSync(process.execPath, [START, "dataset", ...args], { timeout: 60_000 });
  return { code: ran.status, out: String(ran.stdout), err: String(ran.stderr) };
}

describe("dataset", () => {
  it("imports, exports and lints", () => {
    const [corpus, otlp, table] = [join(root, "corpus"), join(root, "otlp"), join(root, "table")];
    const done = run("import", "rcaeval", "--data", FIXTURE, "--out", corpus, "--json");
    expect([done.code, done.err]).toEqual([0, ""]);
    const told = JSON.parse(done.out) as { cases: { id: string }[] };
    expect(told.cases.map(({ id }) => id).sort()).toEqual(readdirSync(join(corpus, "incidents")).sort());

    const [id = ""] = readdirSync(join(corpus, "incidents"));
    const one = run("export", "otlp", "--recording", join(corpus, "incidents", id), "--out", otlp);
    expect(one).toMatchObject({ code: 0, out: `1 of 1 recordings written to ${otlp}\n` });
    expect(existsSync(join(otlp, id, "metrics.otlp.jsonl"))).toBe(true);
    expect(run("export", "rcaeval", "--recording", corpus, "--out", table).out).toMatch(/^3 of 3/);

    const lint = run("lint", corpus);
    expect(lint.code).toBe(99);
    expect(lint.out).toMatch(/BROKEN {2}controls: 0 of 3/);

    const replay = spawnSync(process.execPath, [START, "replay", join(corpus, "incidents", id)], { timeout: 60_000 });
    expect([replay.status, String(replay.stdout)]).toEqual([0, expect.stringContaining("none: the case was imported")]);
    expect(run("import", "rcaeval", "--data", FIXTURE, "--out", corpus).err).toMatch(/holds recorded cases already/);
  });

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["a format that we do not read", ["import", "csv", "--data", "x", "--out", "y"], /one of: petshop, nezha, rcaeval/],
    ["a format that we do not write", ["export", "csv", "--recording", "x", "--out", "y"], /one of: rcaeval, otlp/],
    ["an import from nowhere", ["import", "petshop", "--out", "y"], /--data is missing/],
    ["a corpus that is none", ["lint", "/nowhere"], /holds no recorded cases/],
  ];
  for (const [what, args, message] of refused)
    it(`refuses ${what}`, () => {
      const { code, err } = run(...args);
      expect(code).toBe(2);
      expect(err).toMatch(message);
    });
});
