import { fault } from "../fault.ts";
import { throttleProcess } from "../process-intents.ts";

export interface ProcessThrottle {
  /** Share of the time in which the process may run, 0.01 to 0.99: periods of 100 ms. */
  readonly duty: number;
}

/**
 * Starvation: a process of any kind gets only a share of the time, as beside a noisy neighbour or under too small a
 * CPU quota. All it does takes longer, its telemetry included.
 */
export const processThrottle = fault<ProcessThrottle>({
  kind: "process-throttle",
  trigger: () => "infra",
  plan: (state, { duty }) => [throttleProcess(state, duty)],
  acts: (now) => (now["process.halted"] ?? 0) > 0,
});
