import type { Instant, Window } from "./model.ts";
import { JUST_AFTER, lowerBound } from "./order.ts";

const SECOND = 1_000;
interface Arrived {
  readonly arrival: Instant;
}

/** Records in order of arrival, found again by arrival or by their own time. */
export class Arrivals<T extends Arrived> {
  readonly #all: T[] = [];
  readonly #bySecond = new Map<number, T[]>();
  readonly #time: (one: T) => Instant;
  readonly #id: (one: T) => string;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  /** `time` is what windows are about; `id` orders records of the same time. */
  constructor(time: (one: T) => Instant, id: (one: T) => string) {
    this.#time = time;
    this.#id = id;
  }

  push(one: T): void {
    this.#all.push(one);
    const second = Math.floor(this.#time(one) / SECOND);
    const list = this.#bySecond.get(second);
    if (list) list.push(one);
    else this.#bySecond.set(second, [one]);
    this.#first = Math.min(this.#first, second);
    this.#last = Math.max(this.#last, second);
  }

  /** What arrived in the window and by `now`, in order of arrival. */
  arrived({ from, to }: Window, now: Instant): T[] {
    const start = lowerBound(this.#all, from, (one) => one.arrival);
    const end = lowerBound(this.#all, Math.min(to, now + JUST_AFTER), (one) => one.arrival);
    return this.#all.slice(start, end);
  }

  /** What happened in the window and had arrived by `now`, in order of time, then id. */
  within({ from, to }: Window, now: Instant): T[] {
    const found: T[] = [];
    const start = Math.max(this.#first, Math.floor(from / SECOND));
    const end = Math.min(this.#last, Math.floor(Math.min(to, now + SECOND) / SECOND));
    for (let second = start; second <= end; second++)
      for (const one of this.#bySecond.get(second) ?? []) {
        const at = this.#time(one);
        if (at >= from && at < to && one.arrival <= now) found.push(one);
      }
    return found.sort((a, b) => this.#time(a) - this.#time(b) || (this.#id(a) < this.#id(b) ? -1 : 1));
  }
}
