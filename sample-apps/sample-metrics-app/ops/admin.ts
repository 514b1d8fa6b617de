import { once } from "node:events";
import { rm } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { RELEASE } from "../release.ts";
import type { AdminWork } from "./admin-worker.ts";
import { newBeatMemory, startBeat } from "./beat.ts";

/** Takes away all rights but the owner's to read and write. */
const OWNER_ONLY = 0o177;

/**
 * Serves newline JSON on a unix socket that only the owner may open, from a thread of its own, so that it answers while
 * this one computes. Without a path it does nothing. Gives what closes the socket.
 */
export async function openAdmin(path: string): Promise<() => Promise<void>> {
  if (path === "") return async () => undefined;
  const beat = newBeatMemory();
  startBeat(beat);
  const identity = { pid: process.pid, startedAt: Math.round(performance.timeOrigin), release: RELEASE };
  const work: AdminWork = { path, identity, beat };
  const before = process.umask(OWNER_ONLY);
  const worker = new Worker(new URL("./admin-worker.ts", import.meta.url), { workerData: work });
  try {
    await once(worker, "message");
  } finally {
    process.umask(before);
  }
  worker.unref();
  return async () => {
    await worker.terminate();
    await rm(path, { force: true });
  };
}
