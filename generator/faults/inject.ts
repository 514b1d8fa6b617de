import { setTimeout as sleep } from "node:timers/promises";
import { HarnessError } from "../harness-error.ts";
import { APPS, type EdgeId, type Millis, type RunningTarget, type ServiceId } from "../targets/target.ts";
import type { Meters } from "./adapters/adapter.ts";
import { holds, meter, write } from "./adapters/all.ts";
import { hello } from "./adapters/control.ts";
import type { Bracket, Injection, Recipe, Sample, Scene, TargetState } from "./fault.ts";
import { InForce } from "./in-force.ts";
import type { AppState, Intent } from "./intent.ts";
import { revertOpen } from "./revert.ts";

/** Meters are read this often while a mechanism is waited for. */
export const EVERY: Millis = 250;
/** A mechanism that does not act within this is not in force. */
const ACTS_WITHIN: Millis = 30_000;

export interface Order<P extends object> {
  readonly recipe: Recipe<P>;
  readonly on: ServiceId | EdgeId;
  readonly params: Readonly<P>;
  readonly ttlMs: Millis;
}

/** The only way to an adapter's write: plan, check, journal, write, journal, and wait until the meters say yes. */
export async function inject<P extends object>(order: Order<P>, scene: Scene, signal: AbortSignal): Promise<Injection> {
  const { recipe, params } = order;
  const intents = recipe.plan(await stateOf(order, scene), params);
  for (const intent of intents) await requireHolds(intent);
  const before = await meter(intents);
  const requestedAt = Date.now();
  try {
    for (const intent of intents) await carryOut(intent, scene);
    const seen = await waitForMechanism(order, intents, before, requestedAt, signal);
    return new InForce({ ...order, ...seen, intents, before, scene, signal, startedAt: requestedAt });
  } catch (error) {
    await revertOpen(scene.journal, "injection failed", new Set(intents.map(({ id }) => id)));
    throw error;
  }
}

async function stateOf<P extends object>({ on, ttlMs }: Order<P>, { target, random }: Scene): Promise<TargetState> {
  const token = Math.floor(random() * 36 ** 8).toString(36);
  return { token, ttlMs, on, edgeSocket: target.edgeSocket, app: await appState(target, on) };
}

async function appState(target: RunningTarget, on: ServiceId | EdgeId): Promise<AppState | undefined> {
  const app = APPS.find((one) => one === on);
  if (app === undefined) {
    if (target.edges.some((edge) => edge === on)) return undefined;
    throw new HarnessError(`The target has no ${on}`, { hint: "A fault names an app or an edge of it", exitCode: 2 });
  }
  const socket = target.socket(app);
  const { pid, startedAt } = await hello(socket);
  const process = target.processes().find((owned) => owned.pid === pid);
  if (process === undefined)
    throw new HarnessError(`What answers for ${app} is no process of this run`, {
      hint: "End other drills first",
      exitCode: 2,
    });
  return { socket, process, startedAt };
}

async function requireHolds({ precondition, subject }: Intent): Promise<void> {
  if (await holds(precondition)) return;
  throw new HarnessError(`${subject} is not as it should be before a fault`, {
    hint: "Something else has changed it; `npm run recover`, then run again",
    exitCode: 2,
  });
}

async function carryOut(intent: Intent, { journal }: Scene): Promise<void> {
  await journal.append({ kind: "intent", intent });
  const { acknowledgedAt } = await write(intent.forward);
  await journal.append({ kind: "applied", intent: intent.id, acknowledgedAt });
}

interface Seen {
  readonly effective: Bracket;
  readonly acted: boolean;
  readonly samples: readonly Sample[];
}

async function waitForMechanism<P extends object>(
  { recipe, params }: Order<P>,
  intents: readonly Intent[],
  before: Meters,
  from: Millis,
  signal: AbortSignal,
): Promise<Seen> {
  const samples: Sample[] = [];
  let notBefore = from;
  while (Date.now() < from + ACTS_WITHIN) {
    const meters = await meter(intents);
    const at = Date.now();
    const acts = recipe.acts(meters, before, params);
    if (acts || samples.length % 8 === 0) samples.push({ at, meters });
    if (acts) return { effective: { notBefore, notAfter: at }, acted: true, samples };
    notBefore = at;
    await sleep(EVERY, undefined, { signal });
  }
  return { effective: { notBefore: from, notAfter: from }, acted: false, samples };
}
