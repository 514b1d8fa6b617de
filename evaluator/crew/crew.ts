import { availableParallelism } from "node:os";
import { join } from "node:path";
import { getHeapStatistics } from "node:v8";
import { HarnessError } from "../../generator/harness-error.ts";
import { loadAgent } from "../agents.ts";
import type { OutsideOptions } from "../outside.ts";
import { ahead } from "./ahead.ts";
import { type Away, away, type Job, type Think } from "./away.ts";
import { openSeat, type Seat } from "./seat.ts";

/** Threads in which agents think over recordings; ended with its disposal, whatever they do. */
export interface Crew extends AsyncDisposable {
  readonly workers: number;
  readonly think: Think;
  /** What will be asked for, one after the other, is begun before it is asked for. */
  expect(order: readonly Job[]): void;
  /**
   * One of ours, or a command, that will think in these threads.
   * @throws HarnessError (exit 2) when there is no such agent
   */
  agent(name: string, outside?: Partial<OutsideOptions>): Promise<Away>;
}
export interface CrewOptions {
  readonly workers: number;
  /** What a thread may use of memory for objects, in MB. */
  readonly heapMb: number;
}

/** As many threads as there are cores; each may use as much memory as this process may. */
export const usualCrew = (): CrewOptions => ({
  workers: availableParallelism(),
  heapMb: Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20),
});

interface Waiting {
  readonly job: Job;
  begin(seat: Seat): void;
}

/** Threads are started when they are needed. @throws HarnessError (exit 2) for no whole number of them */
export function openCrew({ workers, heapMb }: CrewOptions): Crew {
  if (!Number.isSafeInteger(workers) || workers < 1)
    throw new HarnessError(`--workers is a whole number from 1, not ${workers}`, { hint: "--workers 2", exitCode: 2 });
  const free = new Set<Seat>();
  const busy = new Set<Seat>();
  const ending = new Set<Promise<void>>();
  const waiting: Waiting[] = [];
  let closed = false;

  /** One that has the recording open, else a new one, else any. */
  const seatFor = ({ directory }: Job): Seat | undefined => {
    // What an agent has left going may have ended a thread that nobody used.
    for (const seat of free) if (seat.gone) free.delete(seat);
    const all = [...free];
    const own = all.find((seat) => seat.directory === directory);
    return own ?? (free.size + busy.size < workers ? openSeat(heapMb) : all[0]);
  };
  const next = (): void => {
    if (closed) return;
    // Whoever has the recording open already comes before who came first.
    const lucky = waiting.findIndex(({ job }) => [...free].some(({ directory }) => directory === job.directory));
    const [first] = waiting.slice(Math.max(0, lucky));
    const seat = first && seatFor(first.job);
    if (first === undefined || seat === undefined) return;
    waiting.splice(waiting.indexOf(first), 1);
    free.delete(seat);
    busy.add(seat);
    first.begin(seat);
    next();
  };
  const left = (seat: Seat): void => {
    busy.delete(seat);
    if (seat.gone) ending.add(seat.end());
    else free.add(seat);
    // Not at once: who was answered may have more to ask about the same recording.
    setImmediate(next);
  };
  const think: Think = async (job, signal, ear) => {
    const { promise, resolve } = Promise.withResolvers<Seat>();
    waiting.push({ job: { ...job, directory: join(job.directory) }, begin: resolve });
    next();
    const seat = await promise;
    try {
      return await seat.think(job, signal, ear);
    } finally {
      left(seat);
    }
  };
  let foreseen = think;
  const asked: Think = (job, signal, ear) => foreseen(job, signal, ear);
  return {
    workers,
    think: asked,
    expect(order) {
      foreseen = ahead(think, order, workers);
    },
    async agent(name, outside = {}) {
      const here = await loadAgent(name, outside);
      // One case more than there are threads, so that none of them waits for us.
      return away(here.name, { kind: "named", name, outside }, workers + 1, asked);
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await Promise.all([...ending, ...[...free, ...busy].map((seat) => seat.end())]);
    },
  };
}
