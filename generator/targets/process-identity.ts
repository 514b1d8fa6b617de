import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Millis, OwnedProcess } from "./target.ts";

const run = promisify(execFile);
const POLL: Millis = 25;

/** Names a running process beyond its pid; throws when there is none with this pid. */
export async function identify(pid: number, what: string): Promise<OwnedProcess> {
  const [startTime, bootId] = await Promise.all([startTimeOf(pid), bootIdOf()]);
  if (startTime === undefined) throw new Error(`No process ${pid} (${what})`);
  return { pid, startTime, bootId, what };
}

/** Whether this very process still runs: same pid, start time and boot. A zombie has ended. */
export async function alive(owned: OwnedProcess): Promise<boolean> {
  const [startTime, bootId] = await Promise.all([startTimeOf(owned.pid), bootIdOf()]);
  return startTime === owned.startTime && bootId === owned.bootId;
}

/** SIGCONT and SIGTERM (or `first`), and SIGKILL after the grace; signals nothing but the very process named. */
export async function endProcess(
  owned: OwnedProcess,
  { graceMs, first = "SIGTERM" }: { readonly graceMs: Millis; readonly first?: NodeJS.Signals },
): Promise<void> {
  await signal(owned, first);
  await signal(owned, "SIGCONT");
  if (await gone(owned, graceMs)) return;
  await signal(owned, "SIGKILL");
  if (!(await gone(owned, 5_000))) throw new Error(`Process ${owned.pid} (${owned.what}) does not end`);
}

async function signal(owned: OwnedProcess, name: NodeJS.Signals): Promise<void> {
  if (owned.pid <= 1 || owned.pid === process.pid || !(await alive(owned))) return;
  try {
    process.kill(owned.pid, name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
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

async function startTimeOf(pid: number): Promise<string | undefined> {
  if (process.platform !== "linux") return startTimeByPs(pid);
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The command name in field 2 may hold blanks and brackets; the fields are counted after its last bracket.
  const [state, ...rest] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  return state === undefined || state === "Z" || state === "X" ? undefined : rest[18];
}

async function startTimeByPs(pid: number): Promise<string | undefined> {
  const found = await run("ps", ["-o", "stat=,lstart=", "-p", String(pid)]).catch(() => undefined);
  const [, state, started] = found?.stdout.trim().match(/^(\S+)\s+(.+)$/) ?? [];
  return state?.startsWith("Z") ? undefined : started;
}

async function bootIdOf(): Promise<string> {
  if (process.platform === "linux") return (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
  const { stdout } = await run("sysctl", ["-n", "kern.boottime"]);
  return stdout.trim();
}
