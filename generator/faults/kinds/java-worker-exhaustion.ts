import { atWork, orders, type Rates } from "../demand.ts";
import { fault } from "../fault.ts";
import { setKey } from "../intent.ts";
import { isOut, ROLLS_WITHIN, releaseOut } from "../roll-out.ts";

/** What runs begins to wait, unannounced. */
export interface LatentWait {
  readonly trigger?: "latent";
  /** Share of new orders that wait for the invoice spool inside their request, holding a worker. */
  readonly share: number;
  /** How long such an order waits, ms. */
  readonly holdMs: number;
  /** Share of the app's requests that fail, background included; the share above is moved until it is so. */
  readonly failing: number;
}
/** A release in which a share of the orders waits. */
export interface ReleasedWait {
  readonly trigger: "release";
  /** Workers that orders ask for, as a multiple of the workers there are; from 1.25 on the pool is drained. */
  readonly demand: number;
  /** What users will send, where it differs from what they sent in the last minute. */
  readonly rates?: Rates;
}

const BUILD = { app: "java-otel-sample-app", release: "invoice" } as const;
const WORKERS = 16;
/** How long a released order waits, seconds. */
const WAIT = 5;
/** Workers held at the least before the pool counts as drained: half of the sixteen. */
const HELD = WORKERS / 2;

/**
 * Worker exhaustion: orders wait for a slow collaborator inside their request until no worker thread is left, and the
 * other requests wait for one in vain. Dose: `share x orders a second x wait >= 1.25 x workers` drains the pool.
 */
export const javaWorkerExhaustion = fault<LatentWait | ReleasedWait>({
  kind: "java-worker-exhaustion",
  trigger: ({ trigger = "latent" }) => trigger,
  releases: ({ trigger }) => (trigger === "release" ? [BUILD] : []),
  plan(state, params) {
    if (params.trigger === "release") {
      const perSecond = atWork(orders({ ...state.rates, ...params.rates }), "orders");
      const share = Math.min(1, (params.demand * WORKERS) / (perSecond * WAIT));
      return [releaseOut(state, BUILD, { settings: { INVOICE_SHARE: share.toFixed(3) } })];
    }
    return [setKey(state, "invoice.wait_ms", params.holdMs), setKey(state, "invoice.share", params.share)];
  },
  acts: (now, _, { trigger }) => (trigger !== "release" || isOut(now)) && (now["workers.held"] ?? 0) >= HELD,
  actsWithin: ({ trigger }) => (trigger === "release" ? ROLLS_WITHIN : 60_000),
  keeper(params) {
    if (params.trigger === "release") return undefined;
    const { share, failing } = params;
    return {
      app: "java-otel-sample-app",
      target: failing,
      first: share,
      least: share / 3,
      most: 1,
      set: (forward, dose) =>
        forward.kind === "control.set" && forward.key === "invoice.share" ? { ...forward, value: dose } : forward,
    };
  },
});
