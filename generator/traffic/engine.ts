import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { Queue } from "../queue.ts";
import type { Millis } from "../targets/target.ts";
import type { Outcome } from "./outcome.ts";
import { checkPlan, type Plan } from "./plan.ts";

export type { Plan, Stream } from "./plan.ts";

export interface Traffic extends AsyncDisposable {
  /** When the schedule began, ms since 1970. */
  readonly startedAt: Millis;
  /** Requests in the whole schedule. */
  readonly scheduled: number;
  readonly pid: number;
  /** Outcomes as they happen, about ten batches a second; ends when all is sent and answered, or after `stop`. */
  batches(): AsyncIterable<readonly Outcome[]>;
  /** No further request is sent; those under way are waited for. */
  stop(): Promise<void>;
}
interface Message {
  readonly startedAt?: Millis;
  readonly scheduled?: number;
  readonly outcomes?: readonly Outcome[];
  readonly done?: true;
}

/** Starts the traffic in a process of its own; resolves when its schedule begins. Throws as `planned` does. */
export async function startTraffic(plan: Plan, signal: AbortSignal): Promise<Traffic> {
  signal.throwIfAborted();
  checkPlan(plan);
  const child = fork(join(import.meta.dirname, "engine-process.ts"), { serialization: "advanced", detached: true });
  const batches = new Queue<readonly Outcome[]>();
  const stop = (): void => void (child.connected && child.send({ stop: true }));
  signal.addEventListener("abort", stop, { once: true });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const started = new Promise<{ startedAt: Millis; scheduled: number }>((resolve, reject) => {
    child.on("message", ({ startedAt, scheduled, outcomes, done }: Message) => {
      if (startedAt !== undefined) resolve({ startedAt, scheduled: scheduled ?? 0 });
      if (outcomes) batches.push(outcomes);
      if (done) batches.end();
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      const died = new Error(`the traffic process ended with code ${code}`);
      reject(died);
      if (code === 0) batches.end();
      else batches.fail(died);
    });
  });
  child.send({ run: plan });
  const { startedAt, scheduled } = await started;
  return {
    startedAt,
    scheduled,
    pid: child.pid as number,
    batches: () => batches,
    async stop() {
      stop();
      await ended;
    },
    async [Symbol.asyncDispose]() {
      signal.removeEventListener("abort", stop);
      await end(child, ended);
    },
  };
}

/** Asks, waits as long as a user would, then kills. */
async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.connected) child.send({ stop: true });
  const kill = setTimeout(() => child.kill("SIGKILL"), 7_000);
  await ended;
  clearTimeout(kill);
}
