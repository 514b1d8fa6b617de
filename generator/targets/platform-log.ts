import { Queue } from "../queue.ts";
import type { PlatformEvent } from "./target.ts";

/** All platform events of a run, for any number of readers. */
export class PlatformLog {
  readonly #past: PlatformEvent[] = [];
  readonly #readers = new Set<Queue<PlatformEvent>>();
  #ended = false;

  push(event: PlatformEvent): void {
    if (this.#ended) return;
    this.#past.push(event);
    for (const reader of this.#readers) reader.push(event);
  }

  /** Readers get what is still waiting for them, then the end. */
  end(): void {
    this.#ended = true;
    for (const reader of this.#readers) reader.end();
  }

  async *read(signal: AbortSignal): AsyncGenerator<PlatformEvent> {
    const reader = new Queue<PlatformEvent>();
    for (const event of this.#past) reader.push(event);
    const end = (): void => reader.end();
    signal.addEventListener("abort", end, { once: true });
    if (this.#ended || signal.aborted) end();
    this.#readers.add(reader);
    try {
      yield* reader;
    } finally {
      this.#readers.delete(reader);
      signal.removeEventListener("abort", end);
    }
  }
}
