/** How often the loop beats, in milliseconds. */
const EVERY_MS = 20;
const LAST = 0;
const DELAY = 1;

/** The memory two threads share: the moment of the last beat and its delay, in nanoseconds of the monotonic clock. */
export function newBeatMemory(): BigInt64Array {
  return new BigInt64Array(new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT));
}

/** Beats on the event loop of this thread; keeps no process alive. */
export function startBeat(memory: BigInt64Array): void {
  Atomics.store(memory, LAST, process.hrtime.bigint());
  setInterval(() => beat(memory, process.hrtime.bigint()), EVERY_MS).unref();
}

/** Notes a beat. */
export function beat(memory: BigInt64Array, now: bigint): void {
  const late = now - Atomics.load(memory, LAST) - BigInt(EVERY_MS * 1_000_000);
  Atomics.store(memory, DELAY, late > 0n ? late : 0n);
  Atomics.store(memory, LAST, now);
}

/** How late the loop that beats is, in milliseconds: its last beat, or the one still due if that is worse. */
export function lagMs(memory: BigInt64Array, now: bigint): number {
  const due = now - Atomics.load(memory, LAST) - BigInt(EVERY_MS * 1_000_000);
  const last = Atomics.load(memory, DELAY);
  return Math.max(0, Number(due > last ? due : last) / 1e6);
}
