import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { HarnessError } from "../harness-error.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";

const run = promisify(execFile);

/** As whom PostgreSQL runs, and by which name it reaches the data directory that is its working directory. */
export interface ServerUser {
  /** Undefined: as we do. */
  readonly ids: { readonly uid: number; readonly gid: number } | undefined;
  dataPath(directory: string): string;
}

/**
 * Us, or for root, as whom PostgreSQL refuses to run, the user `postgres` or else `nobody`. That user must not enter the
 * run directory, which is closed to all others; it reaches its data through its working directory alone.
 */
export async function serverUser(binaries: PostgresBinaries): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return { ids: undefined, dataPath: (directory) => directory };
  for (const name of process.platform === "linux" ? ["postgres", "nobody"] : []) {
    const ids = await idsOf(name);
    if (ids !== undefined && (await mayRun(binaries, ids))) return { ids, dataPath: () => "/proc/self/cwd" };
  }
  throw new HarnessError("PostgreSQL does not run as root, and no other user may read its programs here", {
    hint: `Run as an ordinary user, or put the checkout where all may read it (not below a private home)`,
    exitCode: 3,
  });
}

async function idsOf(name: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all(
      ["-u", "-g"].map(async (what) => Number((await run("id", [what, name])).stdout)),
    );
    return uid === undefined || gid === undefined ? undefined : { uid, gid };
  } catch {
    return undefined;
  }
}

async function mayRun(binaries: PostgresBinaries, ids: { uid: number; gid: number }): Promise<boolean> {
  return run(binaries.postgres, ["--version"], { ...ids, env: {}, cwd: "/" }).then(
    () => true,
    () => false,
  );
}
