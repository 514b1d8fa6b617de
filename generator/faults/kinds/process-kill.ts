import { fault } from "../fault.ts";
import { killProcess } from "../process-intents.ts";

/** Nothing to choose. */
export type ProcessKill = Readonly<Record<string, never>>;

/**
 * Sudden death: one process is killed without warning (SIGKILL), as by a machine that runs out of memory, and its
 * supervisor starts it again. Users feel it for as long as that takes.
 */
export const processKill = fault<ProcessKill>({
  kind: "process-kill",
  trigger: () => "infra",
  plan: (state) => [killProcess(state)],
  acts: (now) => now["process.gone"] === 1,
});
