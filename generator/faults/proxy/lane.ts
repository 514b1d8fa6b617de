import type { Socket } from "node:net";

/** Bytes that may wait in one direction of a connection before its sender is paused. */
const MOST_WAITING = 1024 * 1024;

interface Waiting {
  /** Undefined: the sender has finished. */
  readonly chunk: Buffer | undefined;
  readonly at: number;
}

/** One direction of a connection: chunks in order, each not before its release time. */
export class Lane {
  #source: Socket;
  #sink: Socket;
  readonly #queue: Waiting[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Release time of the newest chunk. */
  ahead = 0;

  constructor(source: Socket, sink: Socket) {
    this.#source = source;
    this.#sink = sink;
    sink.on("drain", () => this.#balance());
  }

  /** Another sender takes the place of the one there was; what waits stays in order. */
  from(source: Socket): void {
    this.#source = source;
  }

  /** Another receiver takes the place of the one there was. */
  into(sink: Socket): void {
    this.#sink = sink;
    sink.on("drain", () => this.#balance());
  }

  /** Takes a chunk, or the end of the stream; `at` and `now` by `performance.now()`. */
  send(chunk: Buffer | undefined, at: number, now: number): void {
    this.ahead = at;
    if (this.#queue.length === 0 && at <= now) {
      this.#write(chunk);
    } else {
      this.#queue.push({ chunk, at });
      this.#bytes += chunk?.length ?? 0;
      this.#wait();
    }
    this.#balance();
  }

  /** Releases everything that waits. */
  flush(): void {
    this.#release(Number.POSITIVE_INFINITY);
    this.ahead = 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#queue.length = 0;
    this.#bytes = 0;
  }

  #wait(): void {
    const [head] = this.#queue;
    if (this.#timer !== undefined || head === undefined) return;
    this.#timer = setTimeout(() => this.#release(performance.now()), Math.ceil(head.at - performance.now()));
  }

  #release(until: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    let done = 0;
    for (const { chunk, at } of this.#queue) {
      if (at > until) break;
      this.#bytes -= chunk?.length ?? 0;
      this.#write(chunk);
      done++;
    }
    this.#queue.splice(0, done);
    this.#wait();
    this.#balance();
  }

  #write(chunk: Buffer | undefined): void {
    if (this.#sink.destroyed || this.#sink.writableEnded) return;
    if (chunk === undefined) this.#sink.end();
    else this.#sink.write(chunk);
  }

  #balance(): void {
    if (this.#source.destroyed) return;
    if (this.#bytes > MOST_WAITING || this.#sink.writableNeedDrain) this.#source.pause();
    else this.#source.resume();
  }
}
