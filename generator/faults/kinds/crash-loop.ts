import { fault } from "../fault.ts";
import { isOut, ROLLS_WITHIN, releaseOut } from "../roll-out.ts";

const BUILD = { app: "sample-metrics-app", release: "boot" } as const;

/**
 * Crash loop: a release of the quotes app ends with an error while it starts; it is started again and again, ever later,
 * and serves nobody. Dose: none.
 */
export const crashLoop = fault({
  kind: "crash-loop",
  trigger: () => "release",
  releases: () => [BUILD],
  plan: (state) => [releaseOut(state, BUILD, { strategy: "recreate" })],
  acts: (now) => isOut(now) && (now["restarts"] ?? 0) >= 1,
  actsWithin: () => ROLLS_WITHIN,
});
