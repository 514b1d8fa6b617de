import type { Millis } from "../../targets/target.ts";
import { atWork, type Rates, visits } from "../demand.ts";
import { fault, type TargetState } from "../fault.ts";
import { setKey } from "../intent.ts";
import { isOut, ROLLS_WITHIN, releaseOut } from "../roll-out.ts";

export interface HeapLeak {
  /** A release keeps too much; or what runs begins to, unannounced. A release unless said. */
  readonly trigger?: "release" | "latent";
  /** From then on, until nine tenths of the heap are kept, ms. Users feel it a little before, in full garbage collections. */
  readonly fillsIn: Millis;
  /** What users will send, where it differs from what they sent in the last minute. */
  readonly rates?: Rates;
}

const BUILD = { app: "java-otel-sample-app", release: "session" } as const;
/** The app's -Xmx. */
const LIMIT = 256 * 2 ** 20;
/** Kept by a healthy app at the least; until the old generation has been collected once, the app tells less. */
const LIVE = 0.25;
/** Views that the usual release keeps at the most. */
const USUAL = 200;
const LONGEST: Millis = 300_000;

/**
 * Heap leak: the app keeps the view of every visit and lets none go, until garbage collections take all its time, its
 * memory runs out and it ends. What a release keeps fills the next process too; a key is gone with the process that had
 * it. Dose: bytes a visit = (0.9 x limit - live) / (visits a second x time to fill).
 */
export const javaHeapLeak = fault<HeapLeak>({
  kind: "java-heap-leak",
  trigger: ({ trigger = "release" }) => trigger,
  releases: ({ trigger }) => (trigger === "latent" ? [] : [BUILD]),
  plan(state, params) {
    const bytes = bytesAVisit(state, params);
    if (params.trigger === "latent") return [setKey(state, "session.retain", bytes)];
    return [releaseOut(state, BUILD, { settings: { SESSION_BYTES: String(bytes) } })];
  },
  acts: (now, _, { trigger }) => (trigger === "latent" || isOut(now)) && (now["sessions.views"] ?? 0) > USUAL,
  actsWithin: ({ fillsIn }) => ROLLS_WITHIN + fillsIn,
  feltWithin: ({ fillsIn }) => Math.min(LONGEST, fillsIn + 60_000),
});

function bytesAVisit({ meters, rates }: TargetState, { fillsIn, rates: other }: HeapLeak): number {
  const live = LIMIT * Math.max(LIVE, meters["heap.live_ratio"] ?? 0);
  const perSecond = atWork(visits({ ...rates, ...other }), "visits of users to the orders app");
  return Math.round((0.9 * LIMIT - live) / (perSecond * (fillsIn / 1_000)));
}
