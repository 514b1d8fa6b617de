import { changeOf, returnOf, specAfter, type Told } from "./change-text.ts";
import type { Instances, Succession } from "./instances.ts";
import type { RollOrder } from "./operation-commands.ts";
import type { ChangeEvent, InstanceSpec, Millis } from "./target.ts";

export interface DeploymentParts {
  readonly instances: Instances;
  /** What runs first. */
  readonly first: InstanceSpec;
  /** Builds that are at hand. */
  readonly releases: readonly string[];
  /** A version unlike any that the app had before. */
  version(): string;
  /** An id for a change that is to be announced. */
  changeId(): string;
  announce(id: string, change: Told & Pick<ChangeEvent, "status">): void;
  /** Told when the app cannot be kept as it should be. */
  fail(error: unknown): void;
}

/** What runs of an app, for those who operate it. */
export interface ServiceState extends InstanceSpec {
  readonly instance: string;
  readonly pid?: number;
  readonly ready: boolean;
  /** By the supervisor, since the last roll. */
  readonly restarts: number;
  /** Whose roll is in force. */
  readonly token?: string;
  /** A roll, a rollback or a restart is under way. */
  readonly busy: boolean;
}

/** Why something is not done; nothing has happened. */
export class Refusal extends Error {}

/** A roll that is to be taken back. */
interface Rolled {
  readonly token: string;
  readonly before: InstanceSpec;
  readonly told: Told;
  readonly timer: NodeJS.Timeout;
  returning: boolean;
}
interface Plan {
  readonly id: string;
  readonly spec: InstanceSpec;
  readonly told: Told;
  readonly strategy: RollOrder["strategy"];
}

/** One app as its operators see it: one change at a time, and what was rolled for a time goes back when it is over. */
export class Deployment {
  readonly #of: DeploymentParts;
  readonly #stopped = new AbortController();
  #deed: { readonly ending: AbortController; readonly done: Promise<void> } | undefined;
  #rolled: Rolled | undefined;

  constructor(of: DeploymentParts) {
    this.#of = of;
  }

  /** Starts the app and resolves when it is ready. */
  start(signal: AbortSignal): Promise<void> {
    return this.#of.instances.start(this.#of.first, signal);
  }

  state(): ServiceState {
    const { spec, supervisor } = this.#present();
    const { pid, ...state } = supervisor.state;
    return {
      ...spec,
      ...state,
      ...(pid !== undefined && { pid }),
      ...(this.#rolled !== undefined && { token: this.#rolled.token }),
      busy: this.#deed !== undefined,
    };
  }

  /** Accepts a roll and gives the id of the change that will be announced; throws `Refusal`. */
  roll(order: RollOrder): string {
    this.#requireIdle();
    if (this.#rolled !== undefined) throw new Refusal(`rolled by ${this.#rolled.token}`);
    const { spec: before, plan } = this.#present();
    if (order.to.release !== undefined && !this.#of.releases.includes(order.to.release))
      throw new Refusal(`no release ${order.to.release} at hand`);
    const spec = specAfter(before, order, () => this.#of.version());
    const told = changeOf(order, { spec: before, environment: plan.environment }, spec);
    const id = this.#of.changeId();
    if (order.token !== undefined && order.ttlMs !== undefined)
      this.#rolled = this.#lease(order.token, order.ttlMs, { before, told });
    this.#run((signal) => this.#goThere({ id, spec, told, strategy: order.strategy }, signal));
    return id;
  }

  /** Accepts to go back to what ran before the roll of that token, at any time; false when none of its is in force. */
  rollback(token: string): boolean {
    const rolled = this.#rolled;
    if (rolled === undefined || rolled.token !== token) return false;
    if (rolled.returning) return true;
    rolled.returning = true;
    clearTimeout(rolled.timer);
    this.#run((signal) => this.#goBack(rolled, signal));
    return true;
  }

  /** Accepts to end the present process and to start another like it; throws `Refusal`. */
  restart(): void {
    this.#requireIdle();
    this.#run(async (signal) => {
      await this.#of.instances.restart();
      await this.#of.instances.settle(signal);
    });
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    clearTimeout(this.#rolled?.timer);
    await this.#deed?.done;
    await this.#of.instances.stop();
  }

  #present(): NonNullable<Instances["present"]> {
    const { present } = this.#of.instances;
    if (present === undefined) throw new Refusal("not started yet");
    return present;
  }

  #requireIdle(): void {
    if (this.#stopped.signal.aborted) throw new Refusal("is being ended");
    if (this.#deed !== undefined) throw new Refusal("busy");
  }

  #lease(token: string, ttlMs: Millis, of: Pick<Rolled, "before" | "told">): Rolled {
    const timer = setTimeout(() => this.rollback(token), ttlMs);
    return { token, ...of, timer, returning: false };
  }

  /** Ends what is under way as soon as that can be ended, then does this. */
  #run(deed: (signal: AbortSignal) => Promise<void>): void {
    const before = this.#deed;
    before?.ending.abort();
    const ending = new AbortController();
    const signal = AbortSignal.any([ending.signal, this.#stopped.signal]);
    const done = Promise.resolve(before?.done)
      .then(() => (signal.aborted ? undefined : deed(signal)))
      .catch((error: unknown) => (signal.aborted ? undefined : this.#of.fail(error)))
      .then(() => {
        if (this.#deed === mine) this.#deed = undefined;
      });
    const mine = { ending, done };
    this.#deed = mine;
  }

  async #goThere({ id, spec, told, strategy }: Plan, signal: AbortSignal): Promise<void> {
    const { instances, announce } = this.#of;
    const succession: Succession = {
      spec,
      // What somebody rolled out may be unable to live; that is its operators' affair.
      givesUp: false,
      replacing: () => announce(id, { ...told, status: "succeeded" }),
    };
    if (strategy === "recreate") return instances.recreate(succession);
    if (await instances.roll(succession, signal)) return;
    announce(id, { ...told, status: "failed" });
    this.#forget();
  }

  async #goBack({ before, told }: Rolled, signal: AbortSignal): Promise<void> {
    const { instances, announce, changeId } = this.#of;
    const present = this.#present();
    if (present.spec !== before) {
      const replacing = (): void => announce(changeId(), { ...returnOf(told, before), status: "succeeded" });
      const succession: Succession = { spec: before, givesUp: true, replacing };
      const back = present.supervisor.state.ready && (await instances.roll(succession, signal));
      if (!back) {
        await instances.recreate(succession);
        await instances.settle(signal);
      }
    }
    this.#forget();
  }

  #forget(): void {
    clearTimeout(this.#rolled?.timer);
    this.#rolled = undefined;
  }
}
