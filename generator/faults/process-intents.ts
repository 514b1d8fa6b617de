import { dirname, join } from "node:path";
import { HarnessError } from "../harness-error.ts";
import type { OwnedProcess } from "../targets/target.ts";
import type { TargetState } from "./fault.ts";
import type { Intent } from "./intent.ts";

type State = Pick<TargetState, "token" | "ttlMs" | "on" | "process" | "operations">;

/** Nobody starts these again: without them the run is over. */
const UNSUPERVISED = ["store", "rates-provider", "edges"];

/** The sudden death of the process that the fault is on. Throws (exit 2) for what nobody would start again. */
export function killProcess(state: State): Intent {
  const process = supervised(state);
  const { ttlMs, operations } = state;
  return {
    id: `${state.token}.k`,
    adapter: "process",
    subject: `process ${process.pid} (${process.what})`,
    forward: { kind: "process.kill", process, ttlMs },
    inverse: { kind: "process.respawn", process, operations },
    precondition: { kind: "process-running", process, record: recordOf(state, process) },
    ttlMs,
    fallback: "none",
  };
}

/** Lets the process that the fault is on run for a share of the time. Throws (exit 2) as `killProcess` does. */
export function throttleProcess(state: State, duty: number): Intent {
  const process = supervised(state);
  const { ttlMs } = state;
  const token = `${state.token}.t`;
  const record = recordOf(state, process);
  return {
    id: token,
    adapter: "process",
    subject: `process ${process.pid} (${process.what})`,
    forward: { kind: "process.throttle", process, duty, ttlMs, token, record },
    inverse: { kind: "process.resume", process, record, token },
    precondition: { kind: "process-running", process, record },
    ttlMs,
    fallback: "restart",
  };
}

function supervised({ on, process }: State): OwnedProcess {
  if (process !== undefined && !UNSUPERVISED.includes(on)) return process;
  throw new HarnessError(`${on} has no process that would be started again`, {
    hint: "Name an app",
    exitCode: 2,
  });
}

/** One file for each process, whoever throttles it, in the run directory. */
function recordOf({ operations }: State, { pid }: OwnedProcess): string {
  return join(dirname(operations), `throttle-${pid}.json`);
}
