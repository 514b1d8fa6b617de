import { spawn } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { HarnessError } from "../harness-error.ts";
import type { Environment } from "./environment.ts";
import { tail } from "./log-file.ts";

/** One call of a build tool: in which directory, and the file its output goes to. */
export interface ToolCall {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
  readonly log: string;
  /** What it is for, for the message when it fails. */
  readonly purpose: string;
}

/** Runs a build tool to its end. Throws, with the end of its output, when it fails; an abort ends it and its children. */
export async function callTool(call: ToolCall, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const log = await open(call.log, "a", 0o600);
  try {
    // A group of its own: Ctrl-C reaches the harness alone, and an abort reaches the tool's children too.
    const child = spawn(call.command, call.args, {
      cwd: call.cwd,
      env: call.env,
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    });
    const ended = once(child, "exit");
    const stop = (): void => endGroup(child.pid, ended);
    signal.addEventListener("abort", stop, { once: true });
    const [code] = await ended.finally(() => signal.removeEventListener("abort", stop));
    signal.throwIfAborted();
    if (code !== 0) throw await failed(call, code);
  } finally {
    await log.close();
  }
}

/** The leader is a child of ours that has not been waited for, so its number names no other group. */
function endGroup(pid: number | undefined, ended: Promise<unknown>): void {
  if (pid === undefined) return;
  killGroup(pid, "SIGTERM");
  const late = new AbortController();
  ended.then(
    () => late.abort(),
    () => late.abort(),
  );
  sleep(3_000, undefined, { signal: late.signal }).then(
    () => killGroup(pid, "SIGKILL"),
    () => undefined,
  );
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

async function failed(call: ToolCall, code: unknown): Promise<HarnessError> {
  return new HarnessError(`${call.purpose} failed: ${call.command} ended with ${code}\n${await tail(call.log)}`, {
    hint: `The whole output is in ${call.log}`,
    exitCode: 3,
  });
}
