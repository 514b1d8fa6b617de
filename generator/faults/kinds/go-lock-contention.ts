import { atWork, type Rates, reservations, stockReads } from "../demand.ts";
import { fault } from "../fault.ts";
import { measured } from "../machine-speed.ts";
import { isOut, ROLLS_WITHIN, releaseOut } from "../roll-out.ts";

export interface LockContention {
  /** Share of the time that the lock is held, 0.85 to 0.95; above 1 the queue for it has no end. */
  readonly busy: number;
  /** What users will send, where it differs from what they sent in the last minute. */
  readonly rates?: Rates;
}

const BUILD = { app: "go-otel-sample-app", release: "counters" } as const;
/** Rows of history that a core works through in a millisecond, on the machine on which costs were measured. */
const ROWS_A_MS = 18_500;
/** Seconds waited for locks, by all requests together, that a healthy instance does not reach. */
const WAITED = 0.25;

/**
 * Lock contention: every look at stock and every reservation recounts the history of movements under one lock. Dose:
 * the lock is held for `busy / requests a second`; rows = that time x rows a core counts in it.
 */
export const goLockContention = fault<LockContention>({
  kind: "go-lock-contention",
  followsSpeed: true,
  trigger: () => "release",
  releases: () => [BUILD],
  plan(state, { busy, rates: other }) {
    const rates = { ...state.rates, ...other };
    const perSecond = atWork(stockReads(rates) + reservations(rates), "requests to the stock app");
    const rows = Math.round((busy / perSecond) * 1_000 * ROWS_A_MS * measured(state.speed).arithmetic);
    return [releaseOut(state, BUILD, { settings: { HISTORY_ROWS: String(rows) } })];
  },
  acts: (now) => isOut(now) && (now["mutex.wait_s"] ?? 0) >= WAITED,
  actsWithin: () => ROLLS_WITHIN,
});
