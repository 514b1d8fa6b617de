import { setTimeout as sleep } from "node:timers/promises";
import { HarnessError } from "../harness-error.ts";
import { backOff, LONGEST_WAIT } from "./back-off.ts";
import { type Child, type Command, type Exit, inWords, startChild } from "./child.ts";
import type { EventLog } from "./event-log.ts";
import { tail } from "./log-file.ts";
import type { Ownership } from "./ownership.ts";
import { endProcess } from "./process-identity.ts";
import { answersOk } from "./readiness.ts";
import type { ForeignId, Millis, PlatformEvent, ServiceId } from "./target.ts";

/** Exit code of an app whose port is taken. */
const PORT_TAKEN = 98;
/** An app that is not ready by then will not be. */
export const START_LIMIT: Millis = 90_000;
const GRACE: Millis = 5_000;
/** What is replaced has its requests to finish. */
const DRAINS_WITHIN: Millis = 10_000;
const LOOK: Millis = 25;

/** What to run, and the id of that instance. */
export interface Launch {
  readonly command: Command;
  readonly instance: string;
}
export interface Supervision {
  readonly app: ServiceId | ForeignId;
  readonly port: number;
  /** Paths that answer 200 when it is ready, asked one after the other; `/health` and `/ready` unless said. */
  readonly answers?: readonly string[];
  readonly log: string;
  /** Its name among all that runs; two instances of an app have two. */
  readonly place: string;
  /** What to run at the next start. */
  next(): Launch;
  /** How often it was restarted before this one took over; undefined when it is new. */
  readonly restarts?: number;
  /** Whether it is given up, and `fail` told, when it dies again and again; else it is started for ever. */
  readonly givesUp: boolean;
  readonly ownership: Ownership;
  readonly platform: EventLog<PlatformEvent>;
  /** Told when the app cannot be kept running. */
  fail(error: unknown): void;
}

/** An app that died at its start, or did not get ready. */
export class NotStarted extends HarnessError {}

/** Keeps one app running: starts it again when it dies, later each time, until it is stopped or given up. */
export class Supervisor {
  readonly #of: Supervision;
  readonly #stopped = new AbortController();
  #restarts: number;
  #instance = "";
  #launching: Promise<Child> | undefined;
  /** Undefined between two processes. */
  #child: Child | undefined;
  #ready = false;
  /** Whether its death is followed by another start. */
  #again = false;
  #retiring = false;
  #keeping: Promise<void> | undefined;

  constructor(of: Supervision) {
    this.#of = of;
    this.#restarts = of.restarts ?? 0;
  }

  /** How the present process fares; `restarts` counts those by this supervisor and the ones before it. */
  get state(): { instance: string; pid: number | undefined; ready: boolean; restarts: number } {
    const [instance, ready, restarts] = [this.#instance, this.#ready, this.#restarts];
    return { instance, pid: this.#child?.owned?.pid, ready, restarts };
  }

  /** Resolves when the app is ready; throws `NotStarted` when it dies first, with the end of its output. */
  async start(signal: AbortSignal): Promise<void> {
    const child = await this.#begin();
    const limit = AbortSignal.timeout(START_LIMIT);
    try {
      await this.ready(AbortSignal.any([signal, limit, died(child)]));
    } catch {
      signal.throwIfAborted();
      throw limit.aborted ? await this.#neverReady(child) : await this.#diedAtStart(child, await child.exited);
    }
  }

  /** Starts the app and waits for nothing; one that dies at its start is started again. */
  async begin(): Promise<void> {
    this.#again = true;
    await this.#begin();
  }

  /** Resolves when the present process, or one after it, is ready; rejects only when the signal aborts. */
  async ready(signal: AbortSignal): Promise<void> {
    while (!this.#ready) await sleep(LOOK, undefined, { signal });
  }

  /** Ends the app and starts it no more. */
  async stop(graceMs: Millis = GRACE): Promise<void> {
    this.#stopped.abort();
    await this.#launching?.catch(() => undefined);
    if (this.#child?.owned !== undefined) await endProcess(this.#child.owned, { graceMs });
    await this.#keeping;
  }

  /** The same for an app that goes on as another instance: it may finish what it does, and its end is told. */
  async retire(): Promise<void> {
    this.#retiring = true;
    await this.stop(DRAINS_WITHIN);
  }

  async #begin(): Promise<Child> {
    const child = await this.#launch(this.#of.restarts === undefined ? "started" : "restarted");
    this.#keeping = this.#keep(child).catch((error: unknown) => this.#of.fail(error));
    return child;
  }

  async #keep(first: Child): Promise<void> {
    const deaths: Millis[] = [];
    for (let child = first; ; ) {
      this.#watch(child);
      const exit = await child.exited;
      this.#child = undefined;
      this.#ready = false;
      const stopped = this.#stopped.signal;
      if (!stopped.aborted || this.#retiring) this.#tell("exited", exit);
      if (stopped.aborted || !this.#again) return;
      deaths.push(performance.now());
      const wait = backOff(deaths, performance.now());
      if (wait === undefined && this.#of.givesUp) throw await this.#givenUp(child, exit);
      await sleep(wait ?? LONGEST_WAIT, undefined, { signal: stopped }).catch(() => undefined);
      if (stopped.aborted) return;
      this.#restarts += 1;
      child = await this.#launch("restarted");
    }
  }

  /** Notes when the process answers. */
  #watch(child: Child): void {
    const signal = AbortSignal.any([this.#stopped.signal, died(child)]);
    const answers = async (): Promise<void> => {
      for (const path of this.#of.answers ?? ["/health", "/ready"]) await answersOk(this.#of.port, path, signal);
      if (this.#child !== child) return;
      this.#ready = true;
      this.#again = true;
      this.#tell("ready");
    };
    answers().catch(() => undefined);
  }

  #launch(reason: "started" | "restarted"): Promise<Child> {
    this.#launching = this.#launchNow(reason);
    return this.#launching;
  }

  async #launchNow(reason: "started" | "restarted"): Promise<Child> {
    const { command, instance } = this.#of.next();
    const child = await startChild({ ...command, what: this.#of.app, log: this.#of.log });
    this.#child = child;
    this.#instance = instance;
    if (child.owned !== undefined) await this.#of.ownership.add(child.owned, this.#of.place);
    this.#tell(reason);
    return child;
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

  async #diedAtStart({ log }: Child, exit: Exit): Promise<NotStarted> {
    const { app, port } = this.#of;
    if (exit.code === PORT_TAKEN)
      return new NotStarted(`${app} did not start: port ${port} is taken`, {
        hint: `End the program that listens on 127.0.0.1:${port}, or try again`,
        exitCode: 3,
      });
    return new NotStarted(`${app} ended at its start with ${inWords(exit)}\n${await tail(log)}`, {
      hint: "Its last lines of output are above; `npm run doctor` checks the toolchains",
      exitCode: 3,
    });
  }

  async #neverReady({ log }: Child): Promise<NotStarted> {
    return new NotStarted(`${this.#of.app} was not ready within ${START_LIMIT / 1_000} s\n${await tail(log)}`, {
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
