import type { Agent } from "../../../agent/agent.ts";
import type { Finding } from "../../../agent/investigation.ts";
import { attentive } from "../../gate/testing/small-corpus.ts";

export { attentive };

/** Each does well until it sees a span; then it does something that nobody in its own thread can end, or catch. */
function untilSpan(name: string, then: () => unknown): Agent {
  return {
    name,
    async *investigate(_brief, telemetry, ticks) {
      const cry: Finding = { kind: "alarm", component: "a", text: "", evidence: [] };
      for await (const _ of ticks) {
        if (telemetry.spans({}).length === 0) continue;
        yield cry;
        await then();
      }
    },
  };
}

export const looping = untilSpan("looping", () => {
  for (;;);
});
export const hanging = untilSpan("hanging", () => new Promise(() => undefined));
export const hoarding = untilSpan("hoarding", () => {
  const all: object[] = [];
  for (;;) all.push(Array.from({ length: 1_000 }, (_, i) => ({ i })));
});
export const throwing = untilSpan("throwing", () => {
  throw new Error("it threw");
});
export const lateThrowing = untilSpan("late-throwing", () => {
  setImmediate(() => {
    throw new Error("it threw later");
  });
  return new Promise(() => undefined);
});
export const exiting = untilSpan("exiting", () => process.exit(7));
/** What it says cannot leave its thread. */
export const closed: Agent = {
  name: "closed",
  async *investigate(_brief, telemetry, ticks) {
    const cry = { kind: "alarm", component: "a", text: "", evidence: [], more: () => 1 } as Finding;
    for await (const _ of ticks) if (telemetry.spans({}).length > 0) yield cry;
  },
};
