import { fault } from "../fault.ts";
import { isOut, ROLLS_WITHIN, releaseOut } from "../roll-out.ts";

const BUILD = { app: "go-otel-sample-app", release: "lookup" } as const;

/**
 * Bad release: one route of the stock app panics on every request, and its recovery answers 500. Dose: none; the share
 * of that route in the requests is the share that fails.
 */
export const badReleaseEndpoint = fault({
  kind: "bad-release-endpoint",
  trigger: () => "release",
  releases: () => [BUILD],
  plan: (state) => [releaseOut(state, BUILD)],
  acts: isOut,
  actsWithin: () => ROLLS_WITHIN,
});
