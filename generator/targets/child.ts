import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";
import type { Environment } from "./environment.ts";
import { identify } from "./process-identity.ts";
import type { OwnedProcess } from "./target.ts";

/** What to run, where, and as whom. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
}
export interface SpawnOptions extends Command {
  /** Its name for people and for the journal. */
  readonly what: string;
  /** File that stdout and stderr are appended to. */
  readonly log: string;
  readonly user?: { readonly uid: number; readonly gid: number };
  readonly stdin?: "pipe";
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}
export interface Child {
  /** Undefined when it was gone before it could be identified. */
  readonly owned: OwnedProcess | undefined;
  readonly exited: Promise<Exit>;
  readonly log: string;
}

/**
 * Starts a process in a session of its own, so that Ctrl-C reaches the harness alone. Throws when the program cannot be
 * run at all.
 */
export async function startChild(options: SpawnOptions): Promise<Child> {
  const log = await open(options.log, "a", 0o600);
  try {
    const child = spawn(options.command, options.args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: [options.stdin ?? "ignore", log.fd, log.fd],
      ...options.user,
    });
    const exited = exitOf(child);
    await once(child, "spawn");
    child.stdin?.on("error", () => undefined);
    const owned = await identify(child.pid ?? 0, options.what).catch(() => undefined);
    return { owned, exited, log: options.log };
  } finally {
    await log.close();
  }
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
}

/** For people: `exit code 1` or `SIGKILL`. */
export function inWords({ code, signal }: Exit): string {
  return signal ?? `exit code ${code}`;
}
