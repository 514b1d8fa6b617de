import type { Agent } from "../agent.ts";
import { watchGaps } from "../engine/gaps.ts";
import { start, step } from "../engine/step.ts";

/** Statistics over traces, metrics and logs: learns what is normal, raises an alarm, ranks causes. It uses no chance. */
export const statistical: Agent = {
  name: "statistical",
  async *investigate(_brief, telemetry, ticks, signal) {
    let state = start();
    for await (const now of ticks) {
      if (signal.aborted) return;
      const stepped = step(state, now, telemetry);
      state = stepped.state;
      yield* stepped.say;
    }
    if (state.incident) return;
    const gaps = watchGaps(state.rollup, state.readings, state.quiet);
    yield { kind: "all-clear", text: "the run ended while watching; nothing is out of normal", gaps };
  },
};
export default statistical;
