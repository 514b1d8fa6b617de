import type { Agent } from "../agent.ts";
import { allClear } from "../engine/all-clear.ts";
import { answer } from "../engine/answer.ts";
import { start, step } from "../engine/step.ts";

/** Statistics over traces, metrics and logs: learns what is normal, raises an alarm, ranks causes. It uses no chance. */
export const statistical: Agent = {
  name: "statistical",
  async *investigate({ question }, telemetry, ticks, signal) {
    let state = start();
    let last = 0;
    let raised = false;
    for await (const now of ticks) {
      last = now;
      if (signal.aborted) return;
      const stepped = step(state, now, telemetry);
      state = stepped.state;
      raised ||= stepped.say.some(({ kind }) => kind === "alarm");
      yield* stepped.say;
    }
    if (state.incident) return;
    if (question && !raised) yield* answer(state, last, telemetry, question);
    else yield allClear(state, last, telemetry, "the run ended while watching; nothing is out of normal");
  },
};
export default statistical;
