import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Millis } from "../targets/target.ts";
import type { Journal } from "./journal.ts";

/** The harness says that it lives this often. */
const HEARTBEAT: Millis = 2_000;
const READY_WITHIN: Millis = 10_000;
/** Rolling a release back, ending every process of the run and removing its directory takes at most about this long. */
const ENDS_WITHIN: Millis = 120_000;

/**
 * Starts a process in a session of its own that takes the run back when this one dies (end of the pipe) or hangs (no
 * heartbeat for 10 s). At disposal it does the same for whatever the journal still holds open, and ends.
 */
export async function startReaper(journal: Pick<Journal, "file">): Promise<AsyncDisposable & { readonly pid: number }> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL("./reaper-process.ts", import.meta.url)), journal.file],
    {
      detached: true,
      env: {},
      stdio: ["pipe", "pipe", "ignore"],
    },
  );
  const exited = once(child, "exit");
  exited.catch(() => undefined);
  child.stdin.on("error", () => undefined);
  const first = await Promise.race([
    once(child.stdout, "data", { signal: AbortSignal.timeout(READY_WITHIN) }).then(() => true),
    exited.then(() => false),
  ]);
  if (!first || child.pid === undefined) throw new Error("The process that would take faults back did not start");
  child.stdout.destroy();
  child.unref();
  const beat = setInterval(() => child.stdin.write("."), HEARTBEAT);
  beat.unref();
  return {
    pid: child.pid,
    async [Symbol.asyncDispose]() {
      clearInterval(beat);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.ref();
      const limit = setTimeout(() => child.kill("SIGKILL"), ENDS_WITHIN);
      child.stdin.end();
      await exited;
      clearTimeout(limit);
    },
  };
}
