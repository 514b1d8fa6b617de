import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { alive } from "../targets/process-identity.ts";
import type { OwnedProcess } from "../targets/target.ts";
import { Fenced } from "./journal.ts";
import { has, parseJournal } from "./journal-record.ts";
import { startReaper } from "./reaper.ts";
import { openJournals, recover } from "./recover.ts";
import { stage } from "./testing/stage.ts";

interface Told {
  readonly state: string;
  readonly journal: string;
  readonly edges: OwnedProcess;
  readonly reaper: number;
}
const started: ChildProcess[] = [];
const left: string[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
  for (const directory of left.splice(0)) await rm(directory, { recursive: true, force: true });
});

/** A harness with a fault in force, in a process of its own. */
async function harness(): Promise<{ child: ChildProcess; told: Told }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "testing", "harness.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(child);
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = await once(lines, "line", { signal: AbortSignal.timeout(20_000) });
  const told = JSON.parse(String(line)) as Told;
  left.push(told.state);
  return { child, told };
}

async function until(what: () => Promise<boolean>, limit = 10_000): Promise<number> {
  const from = performance.now();
  while (!(await what())) {
    if (performance.now() - from > limit) throw new Error("not within the limit");
    await sleep(20);
  }
  return performance.now() - from;
}
const recordsOf = async ({ journal }: Told) => parseJournal(await readFile(journal, "utf8"), journal);
const kinds = async (told: Told): Promise<string[]> => (await recordsOf(told)).map(({ kind }) => kind);

describe("when the harness dies", () => {
  it("its fault is taken back, its processes end, and its journal is closed", { timeout: 40_000 }, async () => {
    const { child, told } = await harness();
    expect(await openJournals(told.state)).toMatchObject([{ harness: { pid: child.pid } }]);
    child.kill("SIGKILL");
    await until(async () => (await kinds(told)).includes("closed"));
    const reverted = (await recordsOf(told)).flatMap((one) => (one.kind === "reverted" ? [one.outcome] : []));
    expect(reverted).toEqual(["restored"]);
    expect(await alive(told.edges)).toBe(false);
  });

  it("and its reaper with it, recover does the same", { timeout: 40_000 }, async () => {
    const { child, told } = await harness();
    process.kill(told.reaper, "SIGKILL");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await openJournals(told.state)).toMatchObject([{ harness: undefined }]);
    const said: string[] = [];
    const results = await recover(told.state, (line) => said.push(line));
    expect(results.map(({ outcome }) => outcome)).toContain("restored");
    expect(said.join("\n")).toContain("go-otel-sample-app->sample-metrics-app: restored");
    expect(await alive(told.edges)).toBe(false);
  });
});

describe("when the harness hangs", () => {
  it("the reaper takes over, and the harness that wakes may write no more", { timeout: 40_000 }, async () => {
    const { child, told } = await harness();
    child.kill("SIGSTOP");
    await until(async () => (await kinds(told)).includes("closed"), 25_000);
    expect(await kinds(told)).toContain("fenced");
    expect(await alive(told.edges)).toBe(false);
  });

  it("a fenced journal refuses its old owner", async () => {
    await using on = await stage();
    const { journal } = on.scene;
    const { inheritJournal } = await import("./journal.ts");
    await (await inheritJournal(journal.file)).append({ kind: "fenced", why: "test" });
    await expect(journal.append({ kind: "closed" })).rejects.toBeInstanceOf(Fenced);
  });
});

describe("when the run ends well", () => {
  it("the reaper ends and touches nothing", async () => {
    await using on = await stage();
    const { journal } = on.scene;
    const reaper = await startReaper(journal);
    await journal.append({ kind: "closed" });
    await reaper[Symbol.asyncDispose]();
    expect(has(await journal.records(), "fenced")).toBe(false);
    expect(await on.call()).toBeLessThan(1_000);
  });
});
