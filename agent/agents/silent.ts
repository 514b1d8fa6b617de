import type { Agent } from "../agent.ts";

/** Never speaks: the floor for every score, and what a clean false-alarm figure looks like for free. */
export const silent: Agent = {
  name: "silent",
  async *investigate(_brief, _telemetry, ticks, signal) {
    for await (const _now of ticks) if (signal.aborted) return;
    yield* [];
  },
};
export default silent;
