import { change } from "./changes/make.ts";
import type { SettledChange } from "./changes/planned.ts";
import type { Fault, Injection, Scene } from "./faults/fault.ts";
import type { SettledPhase } from "./phase.ts";
import { BACKGROUND_ERRORS } from "./phase.ts";
import { Queue } from "./queue.ts";
import { APPS, type Millis, type RunningTarget } from "./targets/target.ts";
import { type Plan, type Stream, startTraffic, type Traffic } from "./traffic/engine.ts";
import type { Outcome } from "./traffic/outcome.ts";
import { type Summary, summarize } from "./traffic/summary.ts";
import { felt, hurts, normalOf } from "./traffic/users.ts";

/** What was done and how it fared, in order: the one record that a judge relies on. */
export type RunEvent = Milestone | { readonly kind: "outcomes"; readonly outcomes: readonly Outcome[] };
/** What was done. */
export type Milestone =
  | { readonly kind: "phase"; readonly phase: SettledPhase; readonly at: Millis; readonly until: Millis }
  | {
      readonly kind: "injected";
      readonly fault: number;
      readonly what: Pick<Fault, "kind" | "on" | "params" | "trigger">;
      readonly requestedAt: Millis;
      readonly injection: Injection;
    }
  /** What the platform changed by itself, when it had done so. */
  | { readonly kind: "changed"; readonly change: SettledChange; readonly at: Millis }
  | { readonly kind: "verified"; readonly fault: number; readonly impact: Awaited<ReturnType<Injection["verify"]>> }
  | { readonly kind: "reverting"; readonly at: Millis }
  | { readonly kind: "reverted"; readonly at: Millis }
  | { readonly kind: "recovered"; readonly at: Millis }
  | { readonly kind: "stopped"; readonly rule: string; readonly saw: string; readonly limit: string }
  | { readonly kind: "ended"; readonly at: Millis; readonly summary: Summary };

export interface DriveOptions {
  readonly seed: number;
  readonly random: () => number;
  readonly journal: Scene["journal"];
}

const BIN: Millis = 5_000;
const STEADY_BINS = 12;
const QUIET_BINS = 6;
const SETTLE: Millis = 20_000;
const USERS_WAIT: Millis = 5_000;

/**
 * Plays the phases on a running target: load from the first to the last, faults at the start of their phase, taken back
 * at its end. A steady state that is not steady, or users who do not recover, end the run early and say so.
 */
export async function* drive(
  target: RunningTarget,
  phases: readonly SettledPhase[],
  options: DriveOptions,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const events = new Queue<RunEvent>();
  await using traffic = await startTraffic(planOf(target, phases, options.seed), signal);
  const users = felt();
  const scene: Scene = { target, journal: options.journal, users, random: options.random };
  const pumped = pump(traffic, users, events);
  const script = play({ traffic, scene, phases, events, signal }).then(
    async () => {
      await traffic.stop();
      await pumped;
      events.push({
        kind: "ended",
        at: Date.now(),
        summary: summarize(users.all(), (Date.now() - traffic.startedAt) / 1_000),
      });
      events.end();
    },
    (error: unknown) => events.fail(error),
  );
  target.failure.catch((error: unknown) => events.fail(error));
  pumped.catch((error: unknown) => events.fail(error));
  yield* events;
  await script;
}

function planOf(target: RunningTarget, phases: readonly SettledPhase[], seed: number): Plan {
  const streams = APPS.filter((app) => target.fronts.has(app)).map(
    (app): Stream => ({
      app,
      url: String(target.fronts.get(app)),
      phases: phases.map(({ lasts, load, reserved, poison }) => ({
        lasts,
        load: load[app],
        reserved: reserved?.[app] ?? BACKGROUND_ERRORS,
        poison: poison?.[app] ?? 0,
      })),
    }),
  );
  return { streams, seed, arrivals: "poisson", timeout: USERS_WAIT };
}

async function pump(traffic: Traffic, users: ReturnType<typeof felt>, events: Queue<RunEvent>): Promise<void> {
  for await (const outcomes of traffic.batches()) {
    users.take(outcomes);
    events.push({ kind: "outcomes", outcomes });
  }
}

interface Stage {
  readonly traffic: Traffic;
  readonly scene: Scene;
  readonly phases: readonly SettledPhase[];
  readonly events: Queue<RunEvent>;
  readonly signal: AbortSignal;
}

async function play(stage: Stage): Promise<void> {
  const changes: Promise<void>[] = [];
  try {
    await playPhases(stage, (change, from) => changes.push(makeChange(stage, change, from)));
  } finally {
    // What is half-way done is done to its end: nothing may change behind the back of whoever drives next.
    await Promise.all(changes);
  }
}

async function playPhases(stage: Stage, plan: (change: SettledChange, from: Millis) => void): Promise<void> {
  let from = stage.traffic.startedAt;
  let watched = from;
  for (const phase of stage.phases) {
    const until = from + phase.lasts;
    await sleepUntil(from, stage.signal);
    if (phase.kind === "watch" && !steady(stage)) return;
    stage.events.push({ kind: "phase", phase, at: from, until });
    for (const one of phase.changes) plan(one, from);
    if (phase.kind === "watch") watched = from;
    if (phase.kind === "watch") await hold(stage, phase, until);
    else if (phase.kind === "recovery") return recover(stage, watched, from, until);
    else await sleepUntil(until, stage.signal);
    from = until;
  }
}

async function makeChange({ scene, events, signal }: Stage, one: SettledChange, from: Millis): Promise<void> {
  try {
    await sleepUntil(from + one.after, signal);
    await change(scene, one, signal);
    events.push({ kind: "changed", change: one, at: Date.now() });
  } catch (error) {
    if (!signal.aborted) events.fail(error);
  }
}

/** The last twelve bins before the watch, at most one of them hurt; otherwise there is nothing to compare with. */
function steady({ scene, events }: Stage): boolean {
  const bins = scene.users.bins(Date.now() - (STEADY_BINS + 2) * BIN).slice(-STEADY_BINS);
  const normal = normalOf(bins);
  const hurt = bins.filter((bin) => hurts(bin, normal)).length;
  if (bins.length >= STEADY_BINS - 2 && hurt <= 1) return true;
  const saw = `${hurt} of ${bins.length} bins hurt`;
  events.push({ kind: "stopped", rule: "steady before", saw, limit: `at most 1 of ${STEADY_BINS}` });
  return false;
}

async function hold({ scene, events, signal }: Stage, phase: SettledPhase, until: Millis): Promise<void> {
  await using injections = new AsyncDisposableStack();
  for (const [fault, each] of (phase.faults ?? []).entries()) {
    const requestedAt = Date.now();
    const injection = injections.use(await each.inject(scene, signal));
    events.push({ kind: "injected", fault, what: each, requestedAt, injection });
    injection.verify().then(
      (impact) => events.push({ kind: "verified", fault, impact }),
      (error: unknown) => (signal.aborted ? undefined : events.fail(error)),
    );
  }
  await sleepUntil(until, signal);
  events.push({ kind: "reverting", at: Date.now() });
  await injections.disposeAsync();
  events.push({ kind: "reverted", at: Date.now() });
}

/** Waits until six bins in a row are quiet again, then records a little more. */
async function recover(
  { scene, events, signal, traffic }: Stage,
  watched: Millis,
  from: Millis,
  until: Millis,
): Promise<void> {
  const before = scene.users.bins(traffic.startedAt).filter((bin) => bin.from + BIN <= watched);
  const normal = normalOf(before.slice(-STEADY_BINS * 2));
  while (Date.now() < until - SETTLE) {
    const quiet = quietSince(scene.users.bins(from), normal);
    if (quiet !== undefined) {
      events.push({ kind: "recovered", at: quiet });
      return sleepUntil(Math.min(until, Date.now() + SETTLE), signal);
    }
    await sleepUntil(Date.now() + 1_000, signal);
  }
}

function quietSince(
  bins: readonly { from: Millis; n: number; bad: number; p95: Millis }[],
  normal: ReturnType<typeof normalOf>,
): Millis | undefined {
  for (let end = QUIET_BINS; end <= bins.length; end++) {
    const run = bins.slice(end - QUIET_BINS, end);
    if (run.every((bin) => !hurts(bin, normal))) return run[0]?.from;
  }
  return undefined;
}

async function sleepUntil(at: Millis, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const wait = at - Date.now();
  if (wait <= 0) return;
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, wait);
    signal.addEventListener("abort", stop, { once: true });
  });
}
