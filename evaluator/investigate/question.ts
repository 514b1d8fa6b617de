import type { Question } from "../../agent/agent.ts";
import type { Signal } from "../../agent/investigation.ts";
import { HarnessError } from "../../generator/harness-error.ts";

/** Triggers that narrow what is looked at; any other text is a question about everything. */
const TRIGGERS: ReadonlyMap<string, readonly Signal[]> = new Map<string, readonly Signal[]>([
  ["error rate spike", ["errors"]],
  ["high cpu", ["cpu"]],
  ["high cpu usage", ["cpu"]],
  ["performance degradation", ["latency"]],
]);
const LONGEST = 500;

/** The question behind `--trigger`. Throws (exit 2) for one that says nothing, or far too much. */
export function questionOf(trigger: string | undefined): Question | undefined {
  if (trigger === undefined) return undefined;
  const text = trigger.trim();
  if (text === "" || text.length > LONGEST)
    throw new HarnessError(`--trigger is a question of 1 to ${LONGEST} characters`, {
      hint: '"Error rate spike", "High CPU", "Performance degradation", or your own words',
      exitCode: 2,
    });
  const signals = TRIGGERS.get(text.toLowerCase());
  return signals ? { text, signals } : { text };
}
