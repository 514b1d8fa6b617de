import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { access, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { processesOf } from "../generator/faults/aftermath.ts";
import { parseJournal, type Record } from "../generator/faults/journal-record.ts";
import { openJournals } from "../generator/faults/recover.ts";
import { alive } from "../generator/targets/process-identity.ts";

const MINUTES = 60_000;
interface Drill {
  readonly child: ChildProcess;
  readonly state: string;
  /** Waits for a line that starts so. */
  saw(start: string): Promise<void>;
}
const roots: string[] = [];
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const root of roots.splice(0)) await rm(root, { recursive: true, force: true });
});

async function drill(): Promise<Drill> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "testing", "short-drill.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  children.push(child);
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  reader.on("line", (line) => lines.push(line));
  const [first] = await once(reader, "line");
  const { root, state } = JSON.parse(String(first)) as { root: string; state: string };
  roots.push(root);
  const saw = async (start: string): Promise<void> => {
    while (!lines.some((line) => line.startsWith(start))) {
      if (child.exitCode !== null) throw new Error(`the drill ended:\n${lines.join("\n")}`);
      await sleep(50);
    }
  };
  return { child, state, saw };
}

async function journalOf(state: string): Promise<readonly Record[]> {
  const [run = ""] = await readdir(join(state, "runs"));
  const file = join(state, "runs", run, "journal.ndjson");
  return parseJournal(await readFile(file, "utf8"), file);
}

/** Processes and run directories that the journal names and that are still there. */
async function leftOf(records: readonly Record[]): Promise<unknown[]> {
  const running: unknown[] = [];
  for (const owned of processesOf(records)) if (await alive(owned)) running.push(owned);
  const directories = new Set(records.flatMap((one) => (one.kind === "owns" ? [one.runDirectory] : [])));
  for (const directory of directories) {
    const there = await access(directory).then(
      () => true,
      () => false,
    );
    if (there) running.push(directory);
  }
  return running;
}

describe("a drill that is killed in the middle of its fault", () => {
  it("leaves no fault, no process and no file behind", { timeout: 12 * MINUTES }, async () => {
    const { child, state, saw } = await drill();
    await saw("injected");
    expect((await leftOf(await journalOf(state))).length).toBeGreaterThan(6);
    child.kill("SIGKILL");
    const until = performance.now() + 40_000;
    while ((await openJournals(state)).length > 0 && performance.now() < until) await sleep(100);
    const records = await journalOf(state);
    expect(records.map(({ kind }) => kind)).toContain("closed");
    const outcomes = records.flatMap((one) => (one.kind === "reverted" ? [one.outcome] : []));
    expect(outcomes).toEqual(["restored", "restored"]);
    expect(await leftOf(records)).toEqual([]);
  });
});

describe("a drill that is interrupted", () => {
  it("ends with 130 and leaves nothing running", { timeout: 12 * MINUTES }, async () => {
    const { child, state, saw } = await drill();
    await saw("phase");
    await sleep(3_000);
    child.kill("SIGINT");
    const [code] = await once(child, "exit");
    expect(code).toBe(130);
    expect(await openJournals(state)).toEqual([]);
    expect(await leftOf(await journalOf(state))).toEqual([]);
  });
});
