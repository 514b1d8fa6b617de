import { setTimeout as sleep } from "node:timers/promises";
import type { Instant, Millis } from "../agent/telemetry/model.ts";

export const TICK: Millis = 1_000;
/** A tick is given a little late, so that whatever arrived before it has been read. */
const GRACE: Millis = 10;

/** Live time as ticks, every one of them in order even if the agent is slow; ends with the last tick before `end`. */
export async function* liveTicks(start: Instant, end: () => Instant | undefined): AsyncGenerator<Instant> {
  for (let tick = start + TICK; ; tick += TICK) {
    while (Date.now() < tick + GRACE) {
      if (tick > (end() ?? Number.POSITIVE_INFINITY)) return;
      await sleep(Math.min(tick + GRACE - Date.now(), 200));
    }
    if (tick > (end() ?? Number.POSITIVE_INFINITY)) return;
    yield tick;
  }
}

/** The same ticks again, as fast as they are taken. */
export async function* recordedTicks(start: Instant, end: Instant, tick: Millis): AsyncGenerator<Instant> {
  for (let at = start + tick; at <= end; at += tick) yield at;
}
