import type { Agent } from "../agent.ts";
import { allClear } from "../engine/all-clear.ts";
import { start, step } from "../engine/step.ts";

/** Statistics over traces, metrics and logs: learns what is normal, raises an alarm, ranks causes. It uses no chance. */
export const statistical: Agent = {
  name: "statistical",
  async *investigate(_brief, telemetry, ticks, signal) {
    let state = start();
    let last = 0;
    for await (const now of ticks) {
      last = now;
      if (signal.aborted) return;
      const stepped = step(state, now, telemetry);
      state = stepped.state;
      yield* stepped.say;
    }
    if (state.incident) return;
    yield allClear(state, last, telemetry, "the run ended while watching; nothing is out of normal");
  },
};
export default statistical;
