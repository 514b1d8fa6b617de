import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Proxy as Edges, startProxy } from "../faults/proxy/start.ts";
import { HarnessError } from "../harness-error.ts";
import { watchEdges } from "./edges.ts";
import { forBuilds, inherited } from "./environment.ts";
import { EventLog } from "./event-log.ts";
import { edgesOf, type ForeignService, foreignId, portsOf, type StartedService } from "./foreign-service.ts";
import { answerState, foreignTelemetry } from "./foreign-state.ts";
import { serveLines } from "./line-server.ts";
import { drawSecret, instanceId } from "./names.ts";
import { Ownership } from "./ownership.ts";
import { answersOk } from "./readiness.ts";
import { Supervisor } from "./supervisor.ts";
import type {
  ChangeEvent,
  ForeignId,
  Millis,
  OwnedProcess,
  PlatformEvent,
  RunningTarget,
  StartOptions,
} from "./target.ts";
import { together } from "./together.ts";

export interface ForeignParts {
  readonly directory: string;
  readonly services: readonly ForeignService[];
  readonly options: Pick<StartOptions, "telemetry" | "own" | "progress" | "random">;
}

const READY = "/health";
const ANSWERS_WITHIN: Millis = 5_000;

/** Somebody else's services on this machine. Disposal ends whatever was started, however far the start came. */
export class ForeignRun implements RunningTarget {
  readonly fronts = new Map<ForeignId, URL>();
  readonly scrapes = new Map();
  readonly store = undefined;
  readonly edges: readonly ForeignId[];
  readonly edgeSocket: string;
  readonly operations: string;
  readonly runDirectory: string;
  readonly failure: Promise<never>;
  readonly #parts: ForeignParts;
  readonly #fail: (error: unknown) => void;
  readonly #ownership: Ownership;
  readonly #platform = new EventLog<PlatformEvent>();
  readonly #changes = new EventLog<ChangeEvent>();
  readonly #supervisors = new Map<string, Supervisor>();
  readonly #ending = new AbortController();
  #proxy: Edges | undefined;
  #desk: AsyncDisposable | undefined;
  #disposed: Promise<void> | undefined;

  constructor(parts: ForeignParts) {
    this.#parts = parts;
    this.runDirectory = parts.directory;
    this.edgeSocket = join(parts.directory, "edges.sock");
    this.operations = join(parts.directory, "ops.sock");
    this.edges = edgesOf(parts.services).map(({ id }) => id);
    this.#ownership = new Ownership(parts.directory, parts.options.own);
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => undefined);
    this.failure = promise;
    this.#fail = reject;
  }

  /** Starts edges and services, and waits until all of them are ready. */
  async start(signal: AbortSignal): Promise<void> {
    const { services, directory, options } = this.#parts;
    await mkdir(join(directory, "logs"));
    const ports = await portsOf(services);
    const links = edgesOf(services).map(({ id, callee, port }) => ({
      edge: id,
      upstreams: [ports.get(callee) ?? 0],
      ...(port !== undefined && { port }),
    }));
    const proxy = await startProxy({ links, socket: this.edgeSocket }, signal);
    this.#proxy = proxy;
    await this.#ownership.add(proxy.process);
    watchEdges(proxy, this.#ending.signal).catch(this.#fail);
    const secret = drawSecret(options.random);
    await together(
      services.map((service) => (inner) => {
        const port = ports.get(service.name) ?? 0;
        return "url" in service
          ? found(service, port, inner)
          : this.#startService(service, { port, proxy, secret }, inner);
      }),
      signal,
    );
    for (const { name } of services)
      this.fronts.set(foreignId(name), new URL(`http://127.0.0.1:${proxy.port(foreignId("front", name))}`));
    this.#desk = await serveLines(this.operations, (line) => answerState(line, this.#supervisors));
  }

  socket(service: string): never {
    throw new HarnessError(`${service} has no operation channel`, {
      hint: "Only our own apps have one; name a path, or a process to be killed or throttled",
      exitCode: 2,
    });
  }
  processes(): readonly OwnedProcess[] {
    return this.#ownership.all();
  }
  platform(signal: AbortSignal): AsyncIterable<PlatformEvent> {
    return this.#platform.read(signal);
  }
  changes(signal: AbortSignal): AsyncIterable<ChangeEvent> {
    return this.#changes.read(signal);
  }
  [Symbol.asyncDispose](): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  async #dispose(): Promise<void> {
    this.#ending.abort();
    const errors: unknown[] = [];
    const attempt = (deed: PromiseLike<unknown> | undefined): Promise<unknown> =>
      Promise.resolve(deed).catch((error: unknown) => errors.push(error));
    await attempt(this.#desk?.[Symbol.asyncDispose]());
    await Promise.all([...this.#supervisors.values()].map((supervisor) => attempt(supervisor.stop())));
    await attempt(this.#proxy?.[Symbol.asyncDispose]());
    this.#platform.end();
    this.#changes.end();
    await attempt(rm(this.runDirectory, { recursive: true, force: true, maxRetries: 3 }));
    if (errors.length > 0) throw new AggregateError(errors, `Not everything of the run in ${this.runDirectory} ended`);
  }

  async #startService(
    service: StartedService,
    { port, proxy, secret }: { readonly port: number; readonly proxy: Edges; readonly secret: string },
    signal: AbortSignal,
  ): Promise<void> {
    const { name, command, directory, ready = READY, calls = {}, env = {} } = service;
    const [program, ...args] = command;
    const urls = Object.entries(calls).map(([callee, variable]) => [
      variable,
      `http://127.0.0.1:${proxy.port(foreignId(name, callee))}`,
    ]);
    let starts = 0;
    const next = () => {
      const instance = instanceId(secret, name, starts++);
      const telemetry = foreignTelemetry({ name, instance }, this.#parts.options.telemetry);
      const given = { HOST: "127.0.0.1", PORT: String(port), ...telemetry, ...Object.fromEntries(urls) };
      // Whatever the person's shell would give it: it is their program, and their runtime must be found.
      const all = { ...forBuilds(inherited()), ...given, ...env };
      return { command: { command: program, args, cwd: directory, env: all }, instance };
    };
    const began = performance.now();
    const supervisor = new Supervisor({
      ...{ app: foreignId(name), place: name, port, answers: [ready], next, givesUp: true },
      log: join(this.runDirectory, "logs", `${name}.log`),
      ...{ ownership: this.#ownership, platform: this.#platform, fail: this.#fail },
    });
    this.#supervisors.set(name, supervisor);
    await supervisor.start(signal).catch((error: unknown) => {
      throw isMissing(error) ? notRun(name, program, directory) : error;
    });
    this.#parts.options.progress(`${name}: ready after ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EACCES");
}

function notRun(name: string, program: string, directory: string): HarnessError {
  return new HarnessError(`${name} cannot be started: there is no program ${program}, or no directory ${directory}`, {
    hint: "Give the program as your shell finds it, and the directory as a full path (import.meta.dirname)",
    exitCode: 3,
  });
}

/** Throws (exit 3) when a service that should run already does not answer. */
async function found({ name, ready = READY }: ForeignService, port: number, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.timeout(ANSWERS_WITHIN);
  await answersOk(port, ready, AbortSignal.any([signal, limit])).catch(() => {
    signal.throwIfAborted();
    throw new HarnessError(`${name} does not answer 200 at http://127.0.0.1:${port}${ready}`, {
      hint: "Start it first, or say with `ready` which path tells that it runs",
      exitCode: 3,
    });
  });
}
