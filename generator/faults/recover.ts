import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HarnessError } from "../harness-error.ts";
import { alive } from "../targets/process-identity.ts";
import type { Millis, OwnedProcess } from "../targets/target.ts";
import { clearUp } from "./aftermath.ts";
import { inheritJournal, journalFile } from "./journal.ts";
import { has, parseJournal, type Record } from "./journal-record.ts";
import type { RevertResult } from "./revert.ts";

/** How long a run that has just died may take to be taken back by its own reaper. */
const REAPED_WITHIN: Millis = 15_000;

/** A run that has not been closed; `harness` still drives it, or is undefined when it has died. */
export interface OpenRun {
  readonly run: string;
  readonly file: string;
  readonly harness: OwnedProcess | undefined;
}

/** Runs of this machine that are not closed. A journal that cannot be read throws (exit 3). */
export async function openJournals(stateDirectory: string): Promise<readonly OpenRun[]> {
  const runs = await readdir(join(stateDirectory, "runs")).catch((): string[] => []);
  const found = await Promise.all(runs.sort().map((run) => openRun(run, journalFile(stateDirectory, run))));
  return found.filter((one) => one !== undefined);
}

async function openRun(run: string, file: string): Promise<OpenRun | undefined> {
  const records = await recordsOf(file);
  if (records.length === 0 || has(records, "closed")) return undefined;
  const [first] = records;
  const harness = first?.kind === "open" && (await alive(first.harness)) ? first.harness : undefined;
  return { run, file, harness };
}

async function recordsOf(file: string): Promise<readonly Record[]> {
  try {
    // Read only: a run that is being driven may be in the middle of a line.
    return parseJournal(await readFile(file, "utf8"), file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** Throws (exit 3) while an earlier run is open: its faults may still act, and its load would disturb this one. */
export async function refuseIfOpen(stateDirectory: string): Promise<void> {
  const until = performance.now() + REAPED_WITHIN;
  let open = await openJournals(stateDirectory);
  // A run that died a moment ago is being taken back by its own reaper.
  while (open.some(({ harness }) => harness === undefined) && performance.now() < until) {
    await sleep(500);
    open = await openJournals(stateDirectory);
  }
  const [first] = open;
  if (first === undefined) return;
  const { run, harness } = first;
  if (harness !== undefined)
    throw new HarnessError(`Another drill is running: ${run}, process ${harness.pid}`, {
      hint: "Wait for its end; one machine holds one drill at a time",
      exitCode: 3,
    });
  throw new HarnessError(`An earlier drill has not been taken back: ${run}`, {
    hint: "npm run recover",
    exitCode: 3,
  });
}

/** Takes back every run whose harness is dead, newest first. A run that is being driven is left alone and named. */
export async function recover(stateDirectory: string, say: (line: string) => void): Promise<readonly RevertResult[]> {
  const results: RevertResult[] = [];
  for (const { run, file, harness } of (await openJournals(stateDirectory)).toReversed()) {
    if (harness !== undefined) {
      say(`${run}: still running as process ${harness.pid}; left alone`);
      continue;
    }
    const done = await clearUp(await inheritJournal(file), "recovered");
    for (const one of done) say(`${run}: ${one.what}: ${one.outcome}${one.byHand ? `; by hand: ${one.byHand}` : ""}`);
    if (done.length === 0) say(`${run}: closed; nothing was left of it`);
    results.push(...done);
  }
  return results;
}
