import { lstat, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { alive, endProcess } from "../targets/process-identity.ts";
import type { OwnedProcess } from "../targets/target.ts";
import type { Journal } from "./journal.ts";
import { has, type Record } from "./journal-record.ts";
import { type RevertReason, type RevertResult, revertOpen } from "./revert.ts";

const GRACE = 5_000;
/** Ended after the others: apps that lose their paths or their store first would drain badly. */
const LAST = /^(edges|store|postgres)/i;

/**
 * What remains to be done for a run whose harness is gone: fence it off, take its faults back, end its processes,
 * remove its directory, close its journal. Idempotent; two at a time do no harm.
 */
export async function clearUp(journal: Journal, why: RevertReason): Promise<readonly RevertResult[]> {
  if (has(await journal.records(), "closed")) return [];
  await journal.append({ kind: "fenced", why });
  const reverted = await revertOpen(journal, why);
  const records = await journal.records();
  const owned = processesOf(records);
  const ended = await endAll(owned, journal.run);
  // A run on processes that are not its own ends none of them: what could not be confirmed may still act there.
  const acting = owned.length === 0 ? reverted : [];
  const left = [...acting, ...ended].some(({ outcome }) => outcome === "failed");
  if (left) return [...reverted, ...ended];
  for (const directory of directoriesOf(records)) await removeRunDirectory(directory, stateOf(journal));
  await journal.append({ kind: "closed" });
  // What could not be confirmed ended with the processes that held it.
  return [...reverted.map(overtaken), ...ended];
}

function overtaken({ run, what, outcome }: RevertResult): RevertResult {
  return { run, what, outcome: outcome === "failed" ? "fell-back" : outcome };
}

/** Every process the run ever named, in the order of their naming, without repeats. */
export function processesOf(records: readonly Record[]): OwnedProcess[] {
  const all = records.flatMap((one) => (one.kind === "owns" ? one.processes : []));
  return [...new Map(all.map((one) => [`${one.pid} ${one.startTime} ${one.bootId}`, one])).values()];
}

function directoriesOf(records: readonly Record[]): string[] {
  return [...new Set(records.flatMap((one) => (one.kind === "owns" ? [one.runDirectory] : [])))];
}

async function endAll(processes: readonly OwnedProcess[], run: string): Promise<RevertResult[]> {
  const first = processes.filter(({ what }) => !LAST.test(what));
  const results = await Promise.all(first.map((owned) => end(owned, run)));
  for (const owned of processes.filter(({ what }) => LAST.test(what))) results.push(await end(owned, run));
  return results.filter(({ outcome }) => outcome !== "already");
}

async function end(owned: OwnedProcess, run: string): Promise<RevertResult> {
  const what = `process ${owned.pid} (${owned.what})`;
  if (!(await alive(owned))) return { run, what, outcome: "already" };
  return endProcess(owned, { graceMs: GRACE }).then(
    (): RevertResult => ({ run, what, outcome: "restored" }),
    (): RevertResult => ({ run, what, outcome: "failed", byHand: `kill -9 ${owned.pid}` }),
  );
}

/** `<state>/runs/<run>/journal.ndjson` lies three levels below the state directory. */
function stateOf(journal: Journal): string {
  return dirname(dirname(dirname(journal.file)));
}

/** Removes a directory only if it is ours, closed to others, no link, and lies where runs may put theirs. */
async function removeRunDirectory(path: string, stateDirectory: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0) return;
  const real = await realpath(path);
  const roots = await Promise.all([tmpdir(), "/tmp", stateDirectory].map((root) => realpath(root).catch(() => root)));
  const below = roots.some((root) => real.startsWith(join(root, sep)));
  if (below && real !== (await realpath(dirname(journalRoot(stateDirectory))))) await rm(real, { recursive: true });
}

function journalRoot(stateDirectory: string): string {
  return join(stateDirectory, "runs");
}
