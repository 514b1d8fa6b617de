import type { Telemetry } from "../agent/telemetry/model.ts";
import type { Truth } from "../scenarios/scenario.ts";
import type { Run } from "./run.ts";

const ANNOUNCED = new Set(["release", "config", "job"]);
/** Two clocks of one machine, read one after the other. */
const CLOSE = 100;

/**
 * The truth with the id that the platform gave to the change that set it off: the first one of the fault's place since
 * the fault was asked for. `none` stays none; a change that was never announced leaves "change", which no answer matches.
 */
export function withTrigger(truth: Truth, run: Run, changes: Telemetry["changes"]): Truth {
  if (!truth.incident || truth.trigger !== "change") return truth;
  for (const { trigger, on, requestedAt } of run.faults) {
    if (!ANNOUNCED.has(trigger)) continue;
    const within = { from: requestedAt - CLOSE, to: run.revertingAt ?? run.endedAt };
    const change = changes(within).find(({ component }) => component === on);
    if (change !== undefined) return { ...truth, trigger: change.id };
  }
  return truth;
}
