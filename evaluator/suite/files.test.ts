import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSuite, save, unfinished } from "./files.ts";
import { attempt, invalid, record } from "./testing/samples.ts";

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "suite-"));
});
afterAll(() => rm(root, { recursive: true }));

describe("what a suite leaves", () => {
  it("can be read again as it was, and nothing half-written lies beside it", async () => {
    const made = record({ a: [invalid, attempt()], b: [] });
    const directory = join(root, "whole");
    await save(directory, made);
    await save(directory, { ...made, endedAt: 5 });
    expect(await readSuite(directory)).toEqual({ ...made, endedAt: 5 });
    expect((await readdir(directory)).sort()).toEqual(["suite.html", "suite.json", "suite.md"]);
  });
  it("holds the figures for others, and a page for people", async () => {
    const directory = join(root, "figures");
    await save(directory, record({ abc: [attempt()] }));
    const told = JSON.parse(await readFile(join(directory, "suite.json"), "utf8"));
    expect(told.figures["held-out"].incidents.correct).toMatchObject({ value: 1, n: 1 });
    expect(await readFile(join(directory, "suite.md"), "utf8")).toMatch(
      /\| abc \| 1 \| held-out \| correct \| 1 \| a \|/,
    );
  });
  it("is refused when it is something else", async () => {
    const directory = join(root, "else");
    await mkdir(directory);
    await writeFile(join(directory, "suite.json"), '{"schema":2}');
    await expect(readSuite(directory)).rejects.toMatchObject({ exitCode: 2 });
  });
  it("is found again by its name while it is unfinished, the newest first", async () => {
    const reports = join(root, "reports");
    const one = record({ a: [] });
    await save(join(reports, "2026-01-01-suite-core"), one);
    await save(join(reports, "2026-01-02-suite-core"), { ...one, agent: "newest" });
    await save(join(reports, "2026-01-03-suite-core"), { ...one, endedAt: 5 });
    await save(join(reports, "2026-01-04-suite-hard"), one);
    expect(await unfinished(reports, "core")).toMatchObject({ record: { agent: "newest" } });
    expect(await unfinished(reports, "smoke")).toBeUndefined();
    expect(await unfinished(join(root, "nowhere"), "core")).toBeUndefined();
  });
});
