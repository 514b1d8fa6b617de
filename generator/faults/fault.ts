import type { Millis, OwnedProcess, PlaceId, Release, RunningTarget, StoreAccess } from "../targets/target.ts";
import type { Users } from "../traffic/users.ts";
import type { Meters } from "./adapters/adapter.ts";
import type { Rates } from "./demand.ts";
import { inject } from "./inject.ts";
import type { AppState, Intent } from "./intent.ts";
import type { Journal } from "./journal.ts";
import type { Keeper } from "./keeper.ts";
import type { MachineSpeed } from "./machine-speed.ts";
import { LONGEST_TTL } from "./proxy/shape.ts";

/** Where a fault happens: what runs, where writes are recorded first, and how users fare. */
export interface Scene {
  readonly target: RunningTarget;
  readonly journal: Journal;
  readonly users: Users;
  /** Uniform in [0, 1); draws the names of writes. */
  readonly random: () => number;
}

/** How a fault came about: a release, a configuration change or a job, which the platform announces; or unannounced. */
export type TriggerKind = "release" | "config" | "job" | "traffic" | "infra" | "latent";

/** A real change of state with a known cause: data to read, and one deed. Disposing of what it gives takes it back. */
export interface Fault<P extends object = object> {
  readonly kind: string;
  readonly on: PlaceId;
  readonly params: Readonly<P>;
  /** What set it off; the first three are announced as changes. */
  readonly trigger: TriggerKind;
  /** Builds it rolls out, to be made before the run. */
  readonly releases: readonly Release[];
  /** It ends by itself after this long, whoever has died. */
  readonly ttlMs: Millis;
  /** Its dose follows the speed of the machine, which takes a second to measure. */
  readonly followsSpeed: boolean;
  /** Throws, with everything taken back, when a write is refused or the signal aborts. */
  inject(scene: Scene, signal: AbortSignal): Promise<Injection>;
  /** What it would write, from what `survey` saw: pure. Throws for a place or a load that does not do. */
  plan(state: TargetState): readonly Intent[];
  /** Whether its mechanism acts, by meters read now and just before it was injected. */
  acts(now: Meters, before: Meters): boolean;
}

/** The last sample of the mechanism's meters that said no, and the first that said yes; ms since 1970. */
export interface Bracket {
  readonly notBefore: Millis;
  readonly notAfter: Millis;
}
export interface Sample {
  readonly at: Millis;
  readonly meters: Meters;
}
export interface Impact {
  /** The mechanism acts, by its own meters. */
  readonly mechanism: boolean;
  /** Users are measurably worse off, by the outcomes of the load. */
  readonly users: boolean;
  readonly evidence: readonly Sample[];
}
/** A fault in force. */
export interface Injection extends AsyncDisposable {
  readonly effectiveAt: Millis;
  readonly effective: Bracket;
  /** Resolves when both mechanism and impact are seen, or with what was seen by the deadline. Never throws for a dud. */
  verify(): Promise<Impact>;
  /** Every dose that was set, oldest first; empty when the dose never moves. */
  doses(): readonly { readonly at: Millis; readonly dose: number }[];
  /** What became of taking it back; null before. */
  outcome(): string | null;
}

/** What a fault's plan may know of the target: where its writes go and how long they may stand. */
export interface TargetState {
  /** Unlike any other fault's: up to eight digits and letters. */
  readonly token: string;
  readonly ttlMs: Millis;
  /** When it was looked at, Unix ms. */
  readonly at: Millis;
  readonly edgeSocket: string;
  /** What the fault is on. */
  readonly on: string;
  /** The app or third party that the fault is on, by its operation channel; undefined where nobody answers. */
  readonly app: AppState | undefined;
  /** The process that the fault is on, if it is on one. */
  readonly process: OwnedProcess | undefined;
  /** What the app that the fault is on told of itself; empty for an edge or the store. */
  readonly meters: Meters;
  /** What users sent in the last minute. */
  readonly rates: Rates;
  /** Undefined unless the fault follows it. */
  readonly speed: MachineSpeed | undefined;
  /** A loopback port on which nobody listens. */
  readonly freePort: number;
  /** Unix socket of whoever keeps the apps running. */
  readonly operations: string;
  readonly store: StoreAccess | undefined;
}
/** How a fault is written: only what differs between faults; injection, verification and taking back are shared. */
export interface Recipe<P extends object> {
  readonly kind: string;
  /** Its dose follows the speed of the machine; not unless said. */
  readonly followsSpeed?: boolean;
  trigger(params: Readonly<P>): TriggerKind;
  /** Builds it rolls out; none unless said. */
  releases?(params: Readonly<P>): readonly Release[];
  /** Pure and deterministic. */
  plan(state: TargetState, params: Readonly<P>): readonly [Intent, ...Intent[]];
  /** Is the mechanism acting? `before` was read just before the writes. */
  acts(now: Meters, before: Meters, params: Readonly<P>): boolean;
  /** How long that may take, ms since the writes; a minute unless said. */
  actsWithin?(params: Readonly<P>): Millis;
  /** How long users may take to feel it, ms since it acts; a minute unless said, up to five for slow ramps. */
  feltWithin?(params: Readonly<P>): Millis;
  /** Holds the users' harm at its target by moving the dose of one intent until it is verified. */
  keeper?(params: Readonly<P>): Keeper | undefined;
}

/** Makes faults of a kind. The result throws for a time limit outside 1 s to 30 min. */
export function fault<P extends object>(recipe: Recipe<P>): (on: PlaceId, params: P, ttlMs: Millis) => Fault<P> {
  return (on, params, ttlMs) => {
    if (!(ttlMs >= 1_000 && ttlMs <= LONGEST_TTL))
      throw new RangeError(`The time limit of ${recipe.kind} must lie between 1 s and 30 min, is ${ttlMs} ms`);
    const { kind, followsSpeed = false } = recipe;
    const trigger = recipe.trigger(params);
    const releases = recipe.releases?.(params) ?? [];
    const order = { recipe, on, params, ttlMs, followsSpeed };
    return {
      ...{ kind, on, params, trigger, releases, ttlMs, followsSpeed },
      inject: (scene, signal) => inject(order, scene, signal),
      plan: (state) => recipe.plan(state, params),
      acts: (now, before) => recipe.acts(now, before, params),
    };
  };
}
