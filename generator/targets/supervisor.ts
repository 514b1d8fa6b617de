import { setTimeout as sleep } from "node:timers/promises";
import { HarnessError } from "../harness-error.ts";
import { backOff } from "./back-off.ts";
import { type Child, type Command, type Exit, inWords, startChild } from "./child.ts";
import { tail } from "./log-file.ts";
import type { Ownership } from "./ownership.ts";
import type { PlatformLog } from "./platform-log.ts";
import { endProcess } from "./process-identity.ts";
import { answersOk } from "./readiness.ts";
import type { AppId, Millis, PlatformEvent } from "./target.ts";

/** Exit code of an app whose port is taken. */
const PORT_TAKEN = 98;
const START_LIMIT: Millis = 90_000;
const GRACE: Millis = 5_000;

export interface Supervision {
  readonly app: AppId;
  readonly port: number;
  readonly log: string;
  /** What to run at the nth start, and the id of that instance. */
  start(nth: number): { readonly command: Command; readonly instance: string };
  readonly ownership: Ownership;
  readonly platform: PlatformLog;
  /** Told when the app cannot be kept running. */
  fail(error: unknown): void;
}

/** Keeps one app running: starts it again when it dies, later each time, until it is stopped or given up. */
export class Supervisor {
  readonly #of: Supervision;
  readonly #stopped = new AbortController();
  #starts = 0;
  #instance = "";
  #launching: Promise<Child> | undefined;
  #child: Child | undefined;
  #keeping: Promise<void> | undefined;

  constructor(of: Supervision) {
    this.#of = of;
  }

  /** Resolves when the app is ready; throws when it dies first, with the end of its output. */
  async start(signal: AbortSignal): Promise<void> {
    const child = await this.#launch("started");
    const limit = AbortSignal.timeout(START_LIMIT);
    try {
      await this.#ready(AbortSignal.any([signal, limit, died(child)]));
    } catch {
      signal.throwIfAborted();
      throw limit.aborted ? await this.#neverReady(child) : await this.#diedAtStart(child, await child.exited);
    }
    this.#keeping = this.#keep(child).catch((error: unknown) => this.#of.fail(error));
  }

  /** Ends the app and starts it no more. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#launching?.catch(() => undefined);
    if (this.#child?.owned !== undefined) await endProcess(this.#child.owned, { graceMs: GRACE });
    await this.#keeping;
  }

  async #keep(first: Child): Promise<void> {
    const deaths: Millis[] = [];
    for (let child = first; ; ) {
      const exit = await child.exited;
      if (this.#stopped.signal.aborted) return;
      this.#tell("exited", exit);
      const now = performance.now();
      deaths.push(now);
      const wait = backOff(deaths, now);
      if (wait === undefined) throw await this.#givenUp(child, exit);
      await sleep(wait, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
      if (this.#stopped.signal.aborted) return;
      child = await this.#launch("restarted");
      void this.#ready(AbortSignal.any([this.#stopped.signal, died(child)])).catch(() => undefined);
    }
  }

  #launch(reason: "started" | "restarted"): Promise<Child> {
    this.#launching = this.#launchNow(reason);
    return this.#launching;
  }

  async #launchNow(reason: "started" | "restarted"): Promise<Child> {
    const { command, instance } = this.#of.start(this.#starts);
    const child = await startChild({ ...command, what: this.#of.app, log: this.#of.log });
    this.#starts += 1;
    this.#child = child;
    this.#instance = instance;
    if (child.owned !== undefined) await this.#of.ownership.add(child.owned);
    this.#tell(reason);
    return child;
  }

  async #ready(signal: AbortSignal): Promise<void> {
    await answersOk(this.#of.port, "/health", signal);
    await answersOk(this.#of.port, "/ready", signal);
    this.#tell("ready");
  }

  #tell(reason: PlatformEvent["reason"], exit?: Exit): void {
    this.#of.platform.push({
      at: Date.now(),
      service: this.#of.app,
      instance: this.#instance,
      reason,
      ...(typeof exit?.code === "number" && { code: exit.code }),
      ...(exit?.signal && { signal: exit.signal }),
    });
  }

  async #diedAtStart({ log }: Child, exit: Exit): Promise<HarnessError> {
    const { app, port } = this.#of;
    if (exit.code === PORT_TAKEN)
      return new HarnessError(`${app} did not start: port ${port} is taken`, {
        hint: `End the program that listens on 127.0.0.1:${port}, or try again`,
        exitCode: 3,
      });
    return new HarnessError(`${app} ended at its start with ${inWords(exit)}\n${await tail(log)}`, {
      hint: "Its last lines of output are above; `npm run doctor` checks the toolchains",
      exitCode: 3,
    });
  }

  async #neverReady({ log }: Child): Promise<HarnessError> {
    return new HarnessError(`${this.#of.app} was not ready within ${START_LIMIT / 1_000} s\n${await tail(log)}`, {
      hint: "The machine may be overloaded; end other heavy programs and try again",
      exitCode: 3,
    });
  }

  async #givenUp({ log }: Child, exit: Exit): Promise<HarnessError> {
    return new HarnessError(`${this.#of.app} cannot be kept running: ${inWords(exit)}\n${await tail(log)}`, {
      hint: "It died again and again; its last lines of output are above",
      exitCode: 4,
    });
  }
}

/** Aborts when the process ends. */
function died(child: Child): AbortSignal {
  const ended = new AbortController();
  void child.exited.then(() => ended.abort());
  return ended.signal;
}
