import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Millis, OwnedProcess } from "./target.ts";

const run = promisify(execFile);
const POLL: Millis = 25;

/** Names a running process beyond its pid; throws when there is none with this pid. */
export async function identify(pid: number, what: string): Promise<OwnedProcess> {
  const [seen, bootId] = await Promise.all([look(pid), bootIdOf()]);
  if (seen === undefined) throw new Error(`No process ${pid} (${what})`);
  return { pid, startTime: seen.startTime, bootId, what };
}

/** Whether this very process still runs: same pid, start time and boot. A zombie has ended. */
export async function alive(owned: OwnedProcess): Promise<boolean> {
  return (await find(owned)) !== undefined;
}

/** Whether this very process is there and has been halted (SIGSTOP). */
export async function halted(owned: OwnedProcess): Promise<boolean> {
  return (await find(owned))?.state.startsWith("T") ?? false;
}

/** SIGCONT and SIGTERM (or `first`), and SIGKILL after the grace; signals nothing but the very process named. */
export async function endProcess(
  owned: OwnedProcess,
  { graceMs, first = "SIGTERM" }: { readonly graceMs: Millis; readonly first?: NodeJS.Signals },
): Promise<void> {
  await signalProcess(owned, first);
  await signalProcess(owned, "SIGCONT");
  if (await gone(owned, graceMs)) return;
  await signalProcess(owned, "SIGKILL");
  if (!(await gone(owned, 5_000))) throw new Error(`Process ${owned.pid} (${owned.what}) does not end`);
}

/**
 * Signals this very process and nothing else: no other one that has got its pid, no group of processes, not the first
 * process of the system and not this one. False when nothing was signalled.
 */
export async function signalProcess(owned: OwnedProcess, name: NodeJS.Signals): Promise<boolean> {
  if (!(owned.pid > 1) || owned.pid === process.pid || !(await alive(owned))) return false;
  try {
    return process.kill(owned.pid, name);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

async function gone(owned: OwnedProcess, within: Millis): Promise<boolean> {
  const until = performance.now() + within;
  while (await alive(owned)) {
    if (performance.now() >= until) return false;
    await sleep(POLL);
  }
  return true;
}

interface Seen {
  /** As `ps` writes it: R, S, T ... */
  readonly state: string;
  readonly startTime: string;
}

async function find({ pid, startTime, bootId }: OwnedProcess): Promise<Seen | undefined> {
  const [seen, boot] = await Promise.all([look(pid), bootIdOf()]);
  return seen?.startTime === startTime && boot === bootId ? seen : undefined;
}

/** Undefined when there is no such process or it has ended. */
async function look(pid: number): Promise<Seen | undefined> {
  const seen = process.platform === "linux" ? await lookInProc(pid) : await lookByPs(pid);
  return seen === undefined || /^[ZX]/.test(seen.state) ? undefined : seen;
}

async function lookInProc(pid: number): Promise<Seen | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The command name in field 2 may hold blanks and brackets; the fields are counted after its last bracket.
  const [state, ...rest] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  const startTime = rest[18];
  return state === undefined || startTime === undefined ? undefined : { state, startTime };
}

async function lookByPs(pid: number): Promise<Seen | undefined> {
  const found = await run("ps", ["-o", "stat=,lstart=", "-p", String(pid)]).catch(() => undefined);
  const [, state, startTime] = found?.stdout.trim().match(/^(\S+)\s+(.+)$/) ?? [];
  return state === undefined || startTime === undefined ? undefined : { state, startTime };
}

async function bootIdOf(): Promise<string> {
  if (process.platform === "linux") return (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
  const { stdout } = await run("sysctl", ["-n", "kern.boottime"]);
  return stdout.trim();
}
