import type { AppId } from "../../targets/target.ts";
import { fault } from "../fault.ts";
import { shapeEdge } from "../intent.ts";

export interface EdgeLatency {
  /** Added to each exchange, ms, uniform in `delayMs ± jitterMs`. */
  readonly delayMs: number;
  readonly jitterMs: number;
  /** Moves the delay until this share of the app's requests fails. */
  readonly failing?: { readonly app: AppId; readonly share: number };
}

/** Network latency on one edge: every request and its answer take longer on the way, both ends are well. */
export const edgeLatency = fault<EdgeLatency>({
  kind: "edge-latency",
  trigger: () => "infra",
  plan: (state, { delayMs, jitterMs }) => [shapeEdge(state, { delay: delayMs, jitter: jitterMs })],
  acts: (now) => (now["edge.shaped"] ?? 0) > 0,
  keeper({ delayMs, jitterMs, failing }) {
    if (failing === undefined) return undefined;
    return {
      app: failing.app,
      target: failing.share,
      first: delayMs,
      least: delayMs / 4,
      most: delayMs * 4,
      set: (forward, dose) =>
        forward.kind === "proxy.shape"
          ? { ...forward, shape: { ...forward.shape, delay: dose, jitter: (jitterMs / delayMs) * dose } }
          : forward,
    };
  },
});
