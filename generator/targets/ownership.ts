import type { OwnedProcess, StartOptions } from "./target.ts";

/** What runs for this run, by place: apps first, edges and store last. Tells of every change before it returns. */
export class Ownership {
  readonly #running = new Map<string, OwnedProcess>();
  readonly #directory: string;
  readonly #own: StartOptions["own"];
  #told: Promise<unknown> = Promise.resolve();

  constructor(directory: string, own: StartOptions["own"]) {
    this.#directory = directory;
    this.#own = own;
  }

  /** A new process; one that ran in the same place before it is no longer named. */
  async add(owned: OwnedProcess, place: string = owned.what): Promise<void> {
    this.#running.set(place, owned);
    // One after the other: two processes started at once must not tell in the wrong order.
    const telling = this.#told.then(() => this.#own(this.all(), this.#directory));
    this.#told = telling.catch(() => undefined);
    await telling;
  }

  /** What ran there has ended, and nothing follows it. */
  drop(place: string): void {
    this.#running.delete(place);
  }

  all(): readonly OwnedProcess[] {
    return [...this.#running.values()].sort((a, b) => rank(a.what) - rank(b.what));
  }
}

function rank(what: string): number {
  return Math.max(0, ["rates-provider", "edges", "store"].indexOf(what) + 1);
}
