/** Milliseconds; as an instant: since 1970 UTC. */
export type Millis = number;
export type AppId = "otel-sample-app" | "java-otel-sample-app" | "go-otel-sample-app" | "sample-metrics-app";
export type ServiceId = AppId | "store" | "rates-provider";
/** A network path from a caller to a callee; `front` stands for the users. */
export type EdgeId = `${"front" | ServiceId}->${ServiceId}`;
declare const notOurs: unique symbol;
/** A service that we did not write, or a network path to one; `foreign` alone gives such names. */
export type ForeignId = string & { readonly [notOurs]: never };
/** Where something can be done to a target: a service, or a path between two. */
export type PlaceId = ServiceId | EdgeId | ForeignId;
export const APPS: readonly AppId[] = [
  "otel-sample-app",
  "java-otel-sample-app",
  "go-otel-sample-app",
  "sample-metrics-app",
];

/** Where and how the apps send their telemetry; undefined switches their SDKs off. */
export interface TelemetryEndpoint {
  readonly url: string;
  readonly protocol: "http/protobuf" | "grpc";
}

/** What the platform (here: our supervisor) says of an instance, in every run. */
export interface PlatformEvent {
  readonly at: Millis;
  readonly service: ServiceId | ForeignId;
  readonly instance: string;
  readonly reason: "started" | "ready" | "exited" | "restarted";
  readonly code?: number;
  readonly signal?: string;
}

/** A change as the platform announces it; decoys and controls announce theirs the same way. */
export interface ChangeEvent {
  readonly id: string;
  readonly at: Millis;
  readonly service: ServiceId;
  readonly kind: "deploy" | "config" | "job" | "scale";
  readonly summary: string;
  readonly before?: string;
  readonly after?: string;
  readonly status: "succeeded" | "failed";
}

/** What an instance of an app is made of. */
export interface InstanceSpec {
  /** A build of its sources: `base`, `quiet`, or one with a difference. */
  readonly release: string;
  /** What its telemetry calls it; drawn anew for every release, without order. */
  readonly version: string;
  /** Environment that differs from the usual one. */
  readonly settings: Readonly<Record<string, string>>;
}
/** A build that must be at hand before the run starts. */
export interface Release {
  readonly app: AppId;
  readonly release: string;
}
/** How to reach the data as its administrator. */
export interface StoreAccess {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** A process that we started; compared before every signal, against re-use of the pid. */
export interface OwnedProcess {
  readonly pid: number;
  /** Field 22 of /proc/<pid>/stat on Linux; `ps -o lstart=` on macOS. */
  readonly startTime: string;
  readonly bootId: string;
  readonly what: string;
}

export interface Target {
  readonly name: string;
  /** All that can be a cause: services, the store, third parties. Edges come on top. */
  readonly components: readonly string[];
  start(options: StartOptions, signal: AbortSignal): Promise<RunningTarget>;
}
export interface StartOptions {
  readonly telemetry?: TelemetryEndpoint;
  /** Draws versions, instance ids and other opaque names; uniform in [0, 1). */
  readonly random: () => number;
  /** Fixed ports (`npm run apps`); else free ones. */
  readonly ports?: Readonly<Partial<Record<AppId, number>>>;
  /** Only these apps and what they call; default all. */
  readonly apps?: readonly AppId[];
  /** Builds wanted beside `base`; making one while a run records would disturb it. */
  readonly releases?: readonly Release[];
  /** Directory of built apps, kept between runs; its path shows in the apps' telemetry. */
  readonly cache: string;
  /**
   * Told of all that runs, apps first, edges and store last, right after anything is spawned and on every restart;
   * nothing else is done with the new process before it resolves.
   */
  own(processes: readonly OwnedProcess[], runDirectory: string): Promise<void>;
  progress(line: string): void;
}

export interface RunningTarget extends AsyncDisposable {
  /** Where users enter each app: the edge `front->app`. */
  readonly fronts: ReadonlyMap<AppId | ForeignId, URL>;
  /** Prometheus endpoints to scrape, by service. */
  readonly scrapes: ReadonlyMap<ServiceId, URL>;
  /** Unix socket of the operation channel of an app's present instance, or of the third party. */
  socket(service: AppId | "rates-provider"): string;
  /**
   * Unix socket (0600, in the run directory) of whoever keeps the apps running: rolls instances, announces changes. The
   * protocol stands at its server, `operations.ts`.
   */
  readonly operations: string;
  /** Undefined when the target runs without the store. */
  readonly store: StoreAccess | undefined;
  /** Unix socket of the process that hosts all edges. */
  readonly edgeSocket: string;
  readonly edges: readonly (EdgeId | ForeignId)[];
  /** All that runs, for the journal: apps first, edges and store last. */
  processes(): readonly OwnedProcess[];
  /** 0700, outside everything an agent can read, removed at disposal. */
  readonly runDirectory: string;
  /** Events so far and from now on; ends at disposal. */
  platform(signal: AbortSignal): AsyncIterable<PlatformEvent>;
  /** Changes announced so far and from now on; ends at disposal. */
  changes(signal: AbortSignal): AsyncIterable<ChangeEvent>;
  /** Rejects when an app cannot be kept running; never resolves. */
  readonly failure: Promise<never>;
}
