import type { Environment } from "./environment.ts";
import type { EventLog } from "./event-log.ts";
import type { Ownership } from "./ownership.ts";
import { type Launch, NotStarted, START_LIMIT, Supervisor } from "./supervisor.ts";
import type { AppId, InstanceSpec, Millis, PlatformEvent } from "./target.ts";

/** How long requests under way on an instance that users have left may take before it is told to end. */
const VACATED_WITHIN: Millis = 5_000;

/** One of the two places in which an instance of an app can run; they are used in turn. */
export interface Place {
  /** Its name among all that runs. */
  readonly name: string;
  readonly directory: string;
  /** Of the operation channel. */
  readonly socket: string;
  readonly log: string;
  readonly port: number;
  /** One more port, for what the app needs besides. */
  readonly sparePort: number;
}
/** An instance laid out in a place. */
export interface LaunchPlan {
  readonly environment: Environment;
  /** What to run at the next start. */
  next(): Launch;
}
/** The network paths that lead to an app. */
export interface Paths {
  /** When it resolves, every exchange that begins goes to this port. */
  lead(port: number): Promise<void>;
  /** Resolves when no exchange needs the former instance any more, or the time is over; rejects with the signal. */
  vacated(within: Millis, signal: AbortSignal): Promise<unknown>;
}
export interface InstancesParts {
  readonly app: AppId;
  readonly places: readonly [Place, Place];
  /** Lays a place out for such an instance, whatever was there before. */
  plan(spec: InstanceSpec, place: Place): Promise<LaunchPlan>;
  readonly paths: Paths;
  /** Makes an instance do on its own what users will make it do, until it is as fast as it gets. */
  warmUp(port: number, signal: AbortSignal): Promise<void>;
  readonly ownership: Ownership;
  readonly platform: EventLog<PlatformEvent>;
  /** Told when the app cannot be kept running. */
  fail(error: unknown): void;
}

/** What runs in a place. */
export interface Running {
  readonly spec: InstanceSpec;
  readonly place: Place;
  readonly plan: LaunchPlan;
  readonly givesUp: boolean;
  readonly supervisor: Supervisor;
}
/** What is to follow the present instance. */
export interface Succession {
  readonly spec: InstanceSpec;
  /** Whether the run fails when it dies again and again; else it is started for ever. */
  readonly givesUp: boolean;
  /** Called when the present instance begins to be replaced. */
  replacing(): void;
}

/** The instances of one app: the one that users reach and, while it is replaced, its successor. */
export class Instances {
  readonly #of: InstancesParts;
  #present: Running | undefined;

  constructor(of: InstancesParts) {
    this.#of = of;
  }

  /** The instance that users reach; undefined before the start. */
  get present(): Running | undefined {
    return this.#present;
  }

  /** Starts the first instance and resolves when it is ready; throws when it does not get so. */
  async start(spec: InstanceSpec, signal: AbortSignal): Promise<void> {
    this.#present = await this.#lay(this.#of.places[0], { spec, givesUp: true });
    await this.#present.supervisor.start(signal);
  }

  /**
   * Starts the successor beside the present instance, warms it up, leads users to it and lets the present one finish.
   * False when it did not get ready: then nothing has changed. Rejects when the signal aborts before users are led.
   */
  async roll(succession: Succession, signal: AbortSignal): Promise<boolean> {
    const old = this.#running();
    const next = await this.#lay(this.#other(), succession);
    try {
      await next.supervisor.start(signal);
      await this.#of.warmUp(next.place.port, signal);
      signal.throwIfAborted();
    } catch (error) {
      await this.#retire(next);
      if (signal.aborted || !(error instanceof NotStarted)) throw error;
      return false;
    }
    succession.replacing();
    await this.#of.paths.lead(next.place.port);
    this.#present = next;
    await this.#of.paths.vacated(VACATED_WITHIN, signal).catch(() => undefined);
    await this.#retire(old);
    return true;
  }

  /** Ends the present instance and starts its successor; waits for nobody to get ready. */
  async recreate(succession: Succession): Promise<void> {
    const old = this.#running();
    const next = await this.#lay(this.#other(), succession);
    succession.replacing();
    this.#present = next;
    await this.#of.paths.lead(next.place.port);
    await this.#retire(old);
    await next.supervisor.begin();
  }

  /** Ends the present process and starts the same again in its place, at once. */
  async restart(): Promise<void> {
    const old = this.#running();
    const restarts = old.supervisor.state.restarts + 1;
    this.#present = { ...old, supervisor: this.#supervise(old, restarts) };
    await old.supervisor.retire();
    await this.#present.supervisor.begin();
  }

  /** Resolves when the present instance is ready, or is not within the time limit; rejects when the signal aborts. */
  async settle(signal: AbortSignal): Promise<void> {
    const limit = AbortSignal.timeout(START_LIMIT);
    await this.#running()
      .supervisor.ready(AbortSignal.any([signal, limit]))
      .catch(() => signal.throwIfAborted());
  }

  async stop(): Promise<void> {
    await this.#present?.supervisor.stop();
  }

  #running(): Running {
    if (this.#present === undefined) throw new Error(`${this.#of.app} has not been started`);
    return this.#present;
  }

  #other(): Place {
    const [first, second] = this.#of.places;
    return this.#running().place === first ? second : first;
  }

  async #lay(place: Place, { spec, givesUp }: Pick<Succession, "spec" | "givesUp">): Promise<Running> {
    const plan = await this.#of.plan(spec, place);
    const laid = { spec, place, plan, givesUp };
    return { ...laid, supervisor: this.#supervise(laid) };
  }

  #supervise({ place, plan, givesUp }: Omit<Running, "supervisor">, restarts?: number): Supervisor {
    const { app, ownership, platform, fail } = this.#of;
    return new Supervisor({
      app,
      place: place.name,
      port: place.port,
      log: place.log,
      next: plan.next,
      ...(restarts !== undefined && { restarts }),
      ...{ givesUp, ownership, platform, fail },
    });
  }

  async #retire({ supervisor, place }: Running): Promise<void> {
    await supervisor.retire();
    this.#of.ownership.drop(place.name);
  }
}
