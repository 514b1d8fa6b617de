import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Proxy as Edges, startProxy } from "../faults/proxy/start.ts";
import { RECIPES } from "./apps/all.ts";
import { linksOf, lost, watchEdges } from "./edges.ts";
import { edgesOf, isApp } from "./graph.ts";
import { launchPlan } from "./launch.ts";
import { Ownership } from "./ownership.ts";
import { PlatformLog } from "./platform-log.ts";
import { freePorts } from "./ports.ts";
import { startProvider } from "./provider.ts";
import { type Database, startStore } from "./store.ts";
import { Supervisor } from "./supervisor.ts";
import type { AppId, EdgeId, OwnedProcess, PlatformEvent, RunningTarget, ServiceId, StartOptions } from "./target.ts";
import { together } from "./together.ts";

export interface RunParts {
  readonly directory: string;
  readonly services: readonly ServiceId[];
  readonly artifacts: ReadonlyMap<AppId, string>;
  readonly versions: Readonly<Record<AppId, string>>;
  readonly secret: string;
  readonly database: Database;
  readonly options: Pick<StartOptions, "telemetry" | "ports" | "own" | "progress">;
}
interface Ports {
  readonly of: ReadonlyMap<ServiceId, number>;
  readonly spare: ReadonlyMap<ServiceId, number>;
}

/** Everything of one run on this machine. Disposal ends whatever was started, however far the start came. */
export class LocalRun implements RunningTarget {
  readonly fronts = new Map<AppId, URL>();
  readonly scrapes = new Map<ServiceId, URL>();
  readonly edges: readonly EdgeId[];
  readonly edgeSocket: string;
  readonly runDirectory: string;
  readonly failure: Promise<never>;
  readonly #parts: RunParts;
  readonly #fail: (error: unknown) => void;
  readonly #ownership: Ownership;
  readonly #platform = new PlatformLog();
  readonly #supervisors: Supervisor[] = [];
  readonly #ending = new AbortController();
  #proxy: Edges | undefined;
  /** In the order in which they were started; ended backwards, after the edges. */
  readonly #behind: AsyncDisposable[] = [];
  #disposed: Promise<void> | undefined;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.runDirectory = parts.directory;
    this.edgeSocket = join(parts.directory, "edges.sock");
    this.edges = edgesOf(parts.services);
    this.#ownership = new Ownership(parts.directory, parts.options.own);
    const { promise, reject } = Promise.withResolvers<never>();
    promise.catch(() => undefined);
    this.failure = promise;
    this.#fail = reject;
  }

  /** Starts edges, store, provider and apps, and waits until all apps are ready. */
  async start(signal: AbortSignal): Promise<void> {
    const { services, directory, options } = this.#parts;
    await mkdir(join(directory, "logs"));
    const ports = await this.#drawPorts();
    const links = linksOf(this.edges, ports.of, options.ports ?? {});
    const proxy = await startProxy({ links, socket: this.edgeSocket }, signal);
    this.#proxy = proxy;
    await this.#ownership.add(proxy.process);
    watchEdges(proxy, this.#ending.signal).catch(this.#fail);
    const stored = Promise.withResolvers<void>();
    await together(
      services.map((service) => async (inner) => {
        if (service === "store") stored.resolve(await this.#startStore(ports, inner));
        else if (service === "rates-provider") await this.#startProvider(ports, inner);
        else await this.#startApp(service, { ports, proxy, stored: stored.promise }, inner);
      }),
      signal,
    );
    for (const app of services.filter(isApp))
      this.fronts.set(app, new URL(`http://127.0.0.1:${proxy.port(`front->${app}`)}`));
    const metrics = ports.of.get("sample-metrics-app");
    if (metrics !== undefined) this.scrapes.set("sample-metrics-app", new URL(`http://127.0.0.1:${metrics}/metrics`));
  }

  socket(app: AppId): string {
    return join(this.runDirectory, `${RECIPES[app].name}.sock`);
  }
  processes(): readonly OwnedProcess[] {
    return this.#ownership.all();
  }
  platform(signal: AbortSignal): AsyncIterable<PlatformEvent> {
    return this.#platform.read(signal);
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
    await Promise.all(this.#supervisors.map((supervisor) => attempt(supervisor.stop())));
    await attempt(this.#proxy?.[Symbol.asyncDispose]());
    await Promise.all(this.#behind.map((part) => attempt(part[Symbol.asyncDispose]())));
    this.#platform.end();
    await attempt(rm(this.runDirectory, { recursive: true, force: true, maxRetries: 3 }));
    if (errors.length > 0) throw new AggregateError(errors, `Not everything of the run in ${this.runDirectory} ended`);
  }

  async #drawPorts(): Promise<Ports> {
    const { services } = this.#parts;
    const free = await freePorts(2 * services.length);
    const from = (start: number): ReadonlyMap<ServiceId, number> =>
      new Map(services.map((service, i) => [service, free[start + i] ?? 0]));
    return { of: from(0), spare: from(services.length) };
  }

  async #startStore(ports: Ports, signal: AbortSignal): Promise<void> {
    const directory = join(this.runDirectory, "store");
    await mkdir(directory, { mode: 0o700 });
    const store = await startStore(
      {
        directory,
        log: this.#log("store"),
        port: portOf(ports.of, "store"),
        database: this.#parts.database,
        ownership: this.#ownership,
      },
      signal,
    );
    this.#behindTheApps("The store", store);
  }

  async #startProvider(ports: Ports, signal: AbortSignal): Promise<void> {
    const provider = await startProvider(
      {
        directory: this.runDirectory,
        log: this.#log("rates-provider"),
        port: portOf(ports.of, "rates-provider"),
        ownership: this.#ownership,
      },
      signal,
    );
    this.#behindTheApps("The rates provider", provider);
  }

  #behindTheApps(what: string, part: AsyncDisposable & { readonly exited: Promise<unknown> }): void {
    this.#behind.push(part);
    void part.exited.then(() => {
      if (!this.#ending.signal.aborted) this.#fail(lost(what));
    });
  }

  async #startApp(
    app: AppId,
    { ports, proxy, stored }: { readonly ports: Ports; readonly proxy: Edges; readonly stored: Promise<void> },
    signal: AbortSignal,
  ): Promise<void> {
    const recipe = RECIPES[app];
    const { artifacts, database, versions, secret, options } = this.#parts;
    const port = portOf(ports.of, app);
    const start = await launchPlan(recipe, {
      artifact: artifacts.get(app) ?? "",
      directory: join(this.runDirectory, recipe.name),
      socket: this.socket(app),
      port,
      sparePort: portOf(ports.spare, app),
      database,
      telemetry: options.telemetry,
      version: versions[app],
      secret,
      upstream: (callee) => proxy.port(`${app}->${callee}`),
    });
    if (this.edges.includes(`${app}->store`)) await unlessAborted(stored, signal);
    const { fail, ownership, platform } = { fail: this.#fail, ownership: this.#ownership, platform: this.#platform };
    const supervisor = new Supervisor({ app, port, log: this.#log(recipe.name), start, ownership, platform, fail });
    this.#supervisors.push(supervisor);
    const began = performance.now();
    await supervisor.start(signal);
    options.progress(`${app}: ready after ${((performance.now() - began) / 1_000).toFixed(1)} s`);
  }

  #log(name: string): string {
    return join(this.runDirectory, "logs", `${name}.log`);
  }
}

function portOf(ports: ReadonlyMap<ServiceId, number>, service: ServiceId): number {
  const port = ports.get(service);
  if (port === undefined) throw new Error(`No port for ${service}`);
  return port;
}

async function unlessAborted(deed: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  await Promise.race([deed, aborted.promise]).finally(() => signal.removeEventListener("abort", abort));
}
