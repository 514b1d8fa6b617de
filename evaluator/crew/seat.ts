import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Stamped } from "../../agent/investigation.ts";
import type { Millis } from "../../agent/telemetry/model.ts";
import { type ExitCode, HarnessError } from "../../generator/harness-error.ts";
import type { Ear, Thoughts } from "../think.ts";
import type { Asked, Told } from "./at-work.ts";
import type { Job } from "./away.ts";
import { monotonic } from "./monotonic.ts";

/** A thread in which one agent at a time thinks. */
export interface Seat {
  /** The recording that was read last. */
  readonly directory: string | undefined;
  /** It has ended, or must not be asked again. */
  readonly gone: boolean;
  /**
   * Lets an agent think. One that hangs, uses up its memory, or ends the thread has crashed, and the thread with it; what
   * it said before stands.
   * @throws HarnessError for a recording that is refused; the signal's reason when it is aborted
   */
  think(job: Job, signal: AbortSignal, ear: Ear): Promise<Thoughts>;
  end(): Promise<void>;
}

/** An agent that asks late is told so by its own thread; after so long it is taken for one that never will. */
const GRACE: Millis = 1_000;
const EVERY: Millis = 100;
/** Commands that an agent has started are given so long to end. */
const FAREWELL: Millis = 3_000;

/** `heapMb` is what the thread may use of memory for objects; buffers outside of it are not counted. */
export function openSeat(heapMb: number): Seat {
  const since = new BigInt64Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL("./at-work.ts", import.meta.url), {
    workerData: { since: since.buffer },
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  let gone = false;
  let directory: string | undefined;
  const exited = new Promise<void>((resolve) => void worker.once("exit", () => resolve()));
  // Errors are told by the listeners of the job that runs; without any they would end us.
  worker.on("error", () => undefined);
  const ask = (asked: Asked): void => worker.postMessage(asked);
  void exited.then(() => {
    gone = true;
  });
  return {
    get directory() {
      return directory;
    },
    get gone() {
      return gone;
    },
    async think(job, signal, ear) {
      signal.throwIfAborted();
      directory = job.directory;
      Atomics.store(since, 0, 0n);
      try {
        const start = (): void => ask({ kind: "job", job });
        const thoughts = await attended({ worker, since, heapMb }, job, signal, ear, start);
        // What a crashed agent has left going ends with its thread.
        gone ||= thoughts.crashed !== null;
        return thoughts;
      } catch (error) {
        gone = true;
        throw error;
      }
    },
    async end() {
      gone = true;
      ask({ kind: "stop" });
      await Promise.race([exited, sleep(FAREWELL, undefined, { ref: false })]);
      await worker.terminate();
    },
  };
}

interface Thread {
  readonly worker: Worker;
  readonly since: BigInt64Array;
  readonly heapMb: number;
}

/** Settles once, by whatever comes first: an answer, the end of the thread, of patience, or of all. */
async function attended(
  { worker, since, heapMb }: Thread,
  job: Job,
  signal: AbortSignal,
  ear: Ear,
  start: () => void,
): Promise<Thoughts> {
  const { promise, resolve, reject } = Promise.withResolvers<Thoughts>();
  const findings: Stamped[] = [];
  const from = performance.now();
  let begun = false;
  const held = (): Millis => {
    const at = Atomics.load(since, 0);
    return at === 0n ? 0 : Number(monotonic() - at);
  };
  const lost = (why: string): void => {
    if (!begun) {
      reject(new HarnessError(`${job.directory} could not be read: ${why}`, SMALL));
      return;
    }
    resolve({ findings, crashed: why, thinking: { total: performance.now() - from, longestTick: held() } });
    worker.terminate().catch(() => undefined);
  };
  const heard = (told: Told): void => {
    if (told.kind === "begun") begun = true;
    else if (told.kind === "heard") {
      findings.push(told.finding);
      ear.heard?.(told.finding);
    } else if (told.kind === "refused") reject(new HarnessError(told.message, told));
    else {
      const { kind: _, ...rest } = told;
      resolve({ findings, ...rest });
    }
  };
  const failed = (error: unknown): void => lost(failureTold(error, heapMb));
  const exit = (code: number): void => lost(`the agent ended its thread (exit code ${code})`);
  const aborted = (): void => reject(signal.reason);
  const watch = setInterval(() => {
    if (held() > job.limits.tick + GRACE) lost(`no next tick was asked for within ${job.limits.tick / 1_000} s`);
  }, EVERY);
  worker.on("message", heard).on("error", failed).on("exit", exit);
  signal.addEventListener("abort", aborted, { once: true });
  try {
    start();
    return await promise;
  } finally {
    clearInterval(watch);
    worker.off("message", heard).off("error", failed).off("exit", exit);
    signal.removeEventListener("abort", aborted);
  }
}

const SMALL: { readonly hint: string; readonly exitCode: ExitCode } = {
  hint: "it may need more memory than there is: fewer --workers",
  exitCode: 3,
};

function failureTold(error: unknown, heapMb: number): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ERR_WORKER_OUT_OF_MEMORY") return `the agent used more than ${heapMb} MB of memory`;
  return `the agent threw where nobody could catch it: ${error instanceof Error ? (error.stack ?? error.message) : error}`;
}
