import { atWork, checkouts, type Rates } from "../demand.ts";
import { fault } from "../fault.ts";
import { measured } from "../machine-speed.ts";
import { isOut, ROLLS_WITHIN, releaseOut } from "../roll-out.ts";

export interface LoopBlock {
  /** Share of the time that the event loop is blocked, 0.85 to 0.95; above 1 the queue for it has no end. */
  readonly busy: number;
  /** What users will send, where it differs from what they sent in the last minute. */
  readonly rates?: Rates;
}

const BUILD = { app: "otel-sample-app", release: "hash" } as const;
/** Rounds of a digest that a core makes in a millisecond, on the machine on which costs were measured. */
const ROUNDS_A_MS = 3_200;
/** The loop of a healthy instance is never this late once it serves, ms. */
const LATE = 60;

/**
 * Blocked event loop: every checkout seals its receipt by a slow digest, in the one thread that serves all requests.
 * Dose: the loop is blocked for `busy / checkouts a second`; rounds = that time x rounds a core makes in it.
 */
export const pyLoopBlock = fault<LoopBlock>({
  kind: "py-loop-block",
  followsSpeed: true,
  trigger: () => "release",
  releases: () => [BUILD],
  plan(state, { busy, rates }) {
    const perSecond = atWork(checkouts({ ...state.rates, ...rates }), "checkouts");
    const rounds = Math.round((busy / perSecond) * 1_000 * ROUNDS_A_MS * measured(state.speed).digests);
    return [releaseOut(state, BUILD, { settings: { DIGEST_ROUNDS: String(rounds) } })];
  },
  acts: (now) => isOut(now) && (now["loop.lag_ms"] ?? 0) >= LATE,
  actsWithin: () => ROLLS_WITHIN,
});
