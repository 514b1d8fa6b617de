import type { Agent } from "./agent.ts";
import { start, step } from "./engine/step.ts";
import type { Alarm, Diagnosis } from "./investigation.ts";
import type { Instant, Millis, Telemetry } from "./telemetry/model.ts";

/** What somebody who is asked at an alarm gets to know. */
export interface Page {
  readonly alarm: Alarm;
  readonly raisedAt: Instant;
  /** How the statistical agent ranks the causes by now; undefined until it has looked. */
  readonly ranking: Diagnosis | undefined;
}
/** Answers a page; telemetry time stands still meanwhile. Undefined: no answer. */
export type Answerer = (
  page: Page,
  telemetry: Telemetry,
  signal: AbortSignal,
) => Diagnosis | undefined | Promise<Diagnosis | undefined>;

/**
 * An agent that raises its alarms as the statistical agent does, and asks somebody else for the cause, once an alarm,
 * `wait` after it: how soon it detects says nothing of who is asked.
 */
export function paged(name: string, answer: Answerer, wait: Millis = 0): Agent {
  return {
    name,
    async *investigate(_brief, telemetry, ticks, signal) {
      let state = start();
      let open: Page | undefined;
      let asked = false;
      for await (const now of ticks) {
        if (signal.aborted) return;
        const stepped = step(state, now, telemetry);
        state = stepped.state;
        for (const finding of stepped.say) {
          if (finding.kind === "diagnosis" && open) open = { ...open, ranking: finding };
          if (finding.kind === "diagnosis" || finding.kind === "learned") continue;
          open = finding.kind === "alarm" ? { alarm: finding, raisedAt: now, ranking: undefined } : undefined;
          asked = false;
          yield finding;
        }
        if (open === undefined || asked || now < open.raisedAt + wait) continue;
        asked = true;
        const diagnosis = await answer(open, telemetry, signal);
        if (diagnosis) yield diagnosis;
      }
    },
  };
}
