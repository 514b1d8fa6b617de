import type { Instant, Window } from "./model.ts";
import { JUST_AFTER, lowerBound } from "./order.ts";

const SECOND = 1_000;
interface Arrived {
  readonly arrival: Instant;
}
/** The records whose own time lies in one second. */
interface Slot<T> {
  readonly second: number;
  readonly records: T[];
  /** They are in order of time, then id: sorted when first asked for, and again after more have come. */
  inOrder: boolean;
}

/** Records in order of arrival, found again by arrival or by their own time. */
export class Arrivals<T extends Arrived> {
  readonly #all: T[] = [];
  readonly #bySecond = new Map<number, Slot<T>>();
  /** The same by second. Only seconds that have records: a window may be as long as a wrong clock makes it. */
  readonly #slots: Slot<T>[] = [];
  #inOrder = true;
  readonly #time: (one: T) => Instant;
  readonly #id: (one: T) => string;

  /** `time` is what windows are about; `id` orders records of the same time. */
  constructor(time: (one: T) => Instant, id: (one: T) => string) {
    this.#time = time;
    this.#id = id;
  }

  push(one: T): void {
    this.#all.push(one);
    const second = Math.floor(this.#time(one) / SECOND);
    const slot = this.#bySecond.get(second);
    if (slot) {
      slot.records.push(one);
      slot.inOrder = false;
      return;
    }
    const fresh = { second, records: [one], inOrder: true };
    this.#bySecond.set(second, fresh);
    if (second < (this.#slots.at(-1)?.second ?? Number.NEGATIVE_INFINITY)) this.#inOrder = false;
    this.#slots.push(fresh);
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
    const last = Math.floor(Math.min(to, now + SECOND) / SECOND);
    const slots = this.#bySeconds();
    for (let i = lowerBound(slots, Math.floor(from / SECOND), (slot) => slot.second); i < slots.length; i++) {
      const slot = slots[i];
      if (!slot || slot.second > last) break;
      for (const one of this.#ordered(slot)) {
        const at = this.#time(one);
        if (at >= from && at < to && one.arrival <= now) found.push(one);
      }
    }
    return found;
  }

  #bySeconds(): readonly Slot<T>[] {
    if (!this.#inOrder) this.#slots.sort((a, b) => a.second - b.second);
    this.#inOrder = true;
    return this.#slots;
  }

  #ordered(slot: Slot<T>): readonly T[] {
    if (!slot.inOrder) slot.records.sort((a, b) => this.#time(a) - this.#time(b) || this.#byId(a, b));
    slot.inOrder = true;
    return slot.records;
  }

  #byId(a: T, b: T): number {
    const [left, right] = [this.#id(a), this.#id(b)];
    return left === right ? 0 : left < right ? -1 : 1;
  }
}
