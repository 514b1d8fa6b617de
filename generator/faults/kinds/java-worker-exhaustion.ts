import { fault } from "../fault.ts";
import { setKey } from "../intent.ts";

export interface WorkerExhaustion {
  /** Share of new orders that wait for the invoice spool inside their request, holding a worker. */
  readonly share: number;
  /** How long such an order waits, ms. */
  readonly holdMs: number;
  /** Share of the app's requests that fail, background included; the share above is moved until it is so. */
  readonly failing: number;
}

/** Workers held at the least before the pool counts as drained: half of the sixteen. */
const HELD = 8;

/**
 * Worker exhaustion: orders wait for a slow collaborator inside their request until no worker thread is left, and the
 * other requests wait for one in vain. Dose: `share x orders a second x hold >= 1.25 x workers` drains the pool.
 */
export const javaWorkerExhaustion = fault<WorkerExhaustion>({
  kind: "java-worker-exhaustion",
  plan(state, { share, holdMs }) {
    return [setKey(state, "invoice.wait_ms", holdMs), setKey(state, "invoice.share", share)];
  },
  acts: (now) => (now["workers.held"] ?? 0) >= HELD,
  keeper: ({ share, failing }) => ({
    app: "java-otel-sample-app",
    target: failing,
    first: share,
    least: share / 3,
    most: 1,
    set: (forward, dose) =>
      forward.kind === "control.set" && forward.key === "invoice.share" ? { ...forward, value: dose } : forward,
  }),
});
