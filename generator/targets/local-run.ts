import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Proxy as Edges, startProxy } from "../faults/proxy/start.ts";
import type { Artifacts } from "./artifacts.ts";
import type { Deployment } from "./deployment.ts";
import { linksOf, lost, type PathId, watchEdges } from "./edges.ts";
import { EventLog } from "./event-log.ts";
import { edgesOf, isApp } from "./graph.ts";
import type { Instances, Place } from "./instances.ts";
import { type Layout, layOut } from "./layout.ts";
import { localApp } from "./local-app.ts";
import { changeId } from "./names.ts";
import { serveOperations } from "./operations.ts";
import { Ownership } from "./ownership.ts";
import { startProvider } from "./provider.ts";
import { type Database, startStore } from "./store.ts";
import type {
  AppId,
  ChangeEvent,
  EdgeId,
  OwnedProcess,
  PlatformEvent,
  RunningTarget,
  ServiceId,
  StartOptions,
  StoreAccess,
} from "./target.ts";
import { together } from "./together.ts";

export interface RunParts {
  readonly directory: string;
  readonly services: readonly ServiceId[];
  readonly artifacts: Artifacts;
  readonly versions: Readonly<Record<AppId, string>>;
  readonly secret: string;
  readonly database: Database;
  readonly options: Pick<StartOptions, "telemetry" | "ports" | "own" | "progress" | "random">;
}
interface Ground {
  readonly layout: Layout;
  readonly proxy: Edges;
  /** Resolves when the store takes connections. */
  readonly stored: Promise<void>;
}

/** Whose Prometheus endpoint is read. */
const SCRAPED: ServiceId = "sample-metrics-app";

/** Everything of one run on this machine. Disposal ends whatever was started, however far the start came. */
export class LocalRun implements RunningTarget {
  readonly fronts = new Map<AppId, URL>();
  readonly scrapes = new Map<ServiceId, URL>();
  readonly edges: readonly EdgeId[];
  readonly edgeSocket: string;
  readonly operations: string;
  readonly runDirectory: string;
  readonly failure: Promise<never>;
  readonly #parts: RunParts;
  readonly #fail: (error: unknown) => void;
  readonly #ownership: Ownership;
  readonly #platform = new EventLog<PlatformEvent>();
  readonly #changes = new EventLog<ChangeEvent>();
  readonly #apps = new Map<AppId, { readonly instances: Instances; readonly deployment: Deployment }>();
  readonly #ending = new AbortController();
  #announced = 0;
  #proxy: Edges | undefined;
  #desk: AsyncDisposable | undefined;
  #store: StoreAccess | undefined;
  /** In the order in which they were started; ended backwards, after the edges. */
  readonly #behind: AsyncDisposable[] = [];
  #disposed: Promise<void> | undefined;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.runDirectory = parts.directory;
    this.edgeSocket = join(parts.directory, "edges.sock");
    this.operations = join(parts.directory, "ops.sock");
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
    const layout = await layOut(services, directory);
    const links = linksOf(this.#paths(), layout.ports, options.ports ?? {});
    const proxy = await startProxy({ links, socket: this.edgeSocket }, signal);
    this.#proxy = proxy;
    await this.#ownership.add(proxy.process);
    watchEdges(proxy, this.#ending.signal).catch(this.#fail);
    const stored = Promise.withResolvers<void>();
    await together(
      services.map((service) => async (inner) => {
        if (service === "store") stored.resolve(await this.#startStore(layout, inner));
        else if (service === "rates-provider") await this.#startProvider(layout, inner);
        else await this.#startApp(service, { layout, proxy, stored: stored.promise }, inner);
      }),
      signal,
    );
    const at = (path: PathId, page = "/"): URL => new URL(`http://127.0.0.1:${proxy.port(path)}${page}`);
    for (const app of services.filter(isApp)) this.fronts.set(app, at(`front->${app}`));
    if (services.includes(SCRAPED)) this.scrapes.set(SCRAPED, at(`scrape->${SCRAPED}`, "/metrics"));
    this.#desk = await serveOperations(this.operations, {
      apps: new Map([...this.#apps].map(([app, { deployment }]) => [app, deployment])),
      announce: (change) => this.#announce(this.#nextChange(), change),
    });
  }

  get store(): StoreAccess | undefined {
    return this.#store;
  }
  socket(service: AppId | "rates-provider"): string {
    if (service === "rates-provider") return join(this.runDirectory, "rates.sock");
    return this.#apps.get(service)?.instances.present?.place.socket ?? join(this.runDirectory, `${service}.sock`);
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
    await Promise.all([...this.#apps.values()].map(({ deployment }) => attempt(deployment.stop())));
    await attempt(this.#proxy?.[Symbol.asyncDispose]());
    await Promise.all(this.#behind.map((part) => attempt(part[Symbol.asyncDispose]())));
    this.#platform.end();
    this.#changes.end();
    await attempt(rm(this.runDirectory, { recursive: true, force: true, maxRetries: 3 }));
    if (errors.length > 0) throw new AggregateError(errors, `Not everything of the run in ${this.runDirectory} ended`);
  }

  /** All that the edges' process hosts: the edges, and the way to what is scraped, which follows rolls as they do. */
  #paths(): readonly PathId[] {
    return this.#parts.services.includes(SCRAPED) ? [...this.edges, `scrape->${SCRAPED}`] : this.edges;
  }

  #nextChange(): string {
    return changeId(this.#parts.secret, this.#announced++);
  }

  #announce(id: string, change: Omit<ChangeEvent, "id" | "at">): string {
    this.#changes.push({ id, at: Date.now(), ...change });
    return id;
  }

  async #startStore({ ports }: Layout, signal: AbortSignal): Promise<void> {
    const directory = join(this.runDirectory, "store");
    await mkdir(directory, { mode: 0o700 });
    const { database } = this.#parts;
    const port = portOf(ports, "store");
    const store = await startStore(
      { directory, log: this.#log("store"), port, database, ownership: this.#ownership },
      signal,
    );
    this.#store = store.access;
    this.#behindTheApps("The store", store);
  }

  async #startProvider({ ports }: Layout, signal: AbortSignal): Promise<void> {
    const provider = await startProvider(
      {
        directory: this.runDirectory,
        log: this.#log("rates-provider"),
        port: portOf(ports, "rates-provider"),
        socket: this.socket("rates-provider"),
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

  async #startApp(app: AppId, { layout, proxy, stored }: Ground, signal: AbortSignal): Promise<void> {
    const { artifacts, database, versions, secret, options } = this.#parts;
    const started = localApp({
      ...{ app, artifacts, database, secret, version: versions[app] },
      ...{ random: options.random, telemetry: options.telemetry },
      places: placesOf(layout, app),
      edgeSocket: this.edgeSocket,
      paths: this.#paths(),
      upstream: (callee) => proxy.port(`${app}->${callee}`),
      ...{ ownership: this.#ownership, platform: this.#platform, fail: this.#fail },
      changeId: () => this.#nextChange(),
      announce: (id, change) => void this.#announce(id, { service: app, ...change }),
    });
    this.#apps.set(app, started);
    if (this.edges.includes(`${app}->store`)) await unlessAborted(stored, signal);
    const began = performance.now();
    await started.deployment.start(signal);
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

function placesOf({ places }: Layout, app: AppId): readonly [Place, Place] {
  const found = places.get(app);
  if (found === undefined) throw new Error(`No place for ${app}`);
  return found;
}

async function unlessAborted(deed: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  await Promise.race([deed, aborted.promise]).finally(() => signal.removeEventListener("abort", abort));
}
