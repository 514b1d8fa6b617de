import { Queue } from "../queue.ts";

/** All events of one kind of a run, for any number of readers, each of whom gets those of the past too. */
export class EventLog<T> {
  readonly #past: T[] = [];
  readonly #readers = new Set<Queue<T>>();
  #ended = false;

  push(event: T): void {
    if (this.#ended) return;
    this.#past.push(event);
    for (const reader of this.#readers) reader.push(event);
  }

  /** Readers get what is still waiting for them, then the end. */
  end(): void {
    this.#ended = true;
    for (const reader of this.#readers) reader.end();
  }

  async *read(signal: AbortSignal): AsyncGenerator<T> {
    const reader = new Queue<T>();
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
