/** The longest time a value may stand on the board, in milliseconds. */
const LONGEST_MS = 30 * 60_000;

interface Entry {
  readonly value: number;
  readonly token: string | undefined;
  readonly until: number;
}

/** A request to put a value up, as it came. */
export interface Wanted {
  readonly key?: unknown;
  readonly value?: unknown;
  readonly ttlMs?: unknown;
  readonly token?: unknown;
}

/** Holds numbers set from outside for a limited time. Only the keys it was made with can be set. */
export class Board {
  readonly #keys: ReadonlySet<unknown>;
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry>();

  /** The clock is monotonic and counts milliseconds. */
  constructor(keys: readonly string[], now: () => number = () => performance.now()) {
    this.#keys = new Set(keys);
    this.#now = now;
  }

  /** Puts a value up for its time to live. Throws on a key that is not known and on what is no number. */
  set({ key, value, ttlMs, token }: Wanted): void {
    if (typeof key !== "string" || !this.#keys.has(key)) throw new Error(`unknown key ${JSON.stringify(key ?? "")}`);
    if (typeof value !== "number") throw new Error("value must be a number");
    if (typeof ttlMs !== "number" || !(ttlMs > 0 && ttlMs <= LONGEST_MS))
      throw new Error(`ttlMs must be above 0 and at most ${LONGEST_MS}`);
    this.#entries.set(key, { value, token: textOf(token), until: this.#now() + ttlMs });
  }

  /** A value that has not expired. */
  get(key: string): number | undefined {
    const entry = this.#entries.get(key);
    if (entry !== undefined && this.#now() < entry.until) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  /** Takes down the values set with a token, or all without one. */
  clear(token?: unknown): void {
    const wanted = textOf(token);
    for (const [key, entry] of this.#entries)
      if (wanted === undefined || entry.token === wanted) this.#entries.delete(key);
  }
}

function textOf(token: unknown): string | undefined {
  return typeof token === "string" && token !== "" ? token : undefined;
}
