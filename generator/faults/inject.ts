import { setTimeout as sleep } from "node:timers/promises";
import { HarnessError } from "../harness-error.ts";
import type { Millis, PlaceId } from "../targets/target.ts";
import type { Meters } from "./adapters/adapter.ts";
import { holds, meter, write } from "./adapters/all.ts";
import type { Bracket, Injection, Recipe, Sample, Scene } from "./fault.ts";
import { InForce } from "./in-force.ts";
import type { Intent } from "./intent.ts";
import { revertOpen } from "./revert.ts";
import { survey, told } from "./survey.ts";

/** Meters are read this often while a mechanism is waited for. */
export const EVERY: Millis = 250;
/** A mechanism that does not act within this is not in force. */
const ACTS_WITHIN: Millis = 60_000;

export interface Order<P extends object> {
  readonly recipe: Recipe<P>;
  readonly on: PlaceId;
  readonly params: Readonly<P>;
  readonly ttlMs: Millis;
  readonly followsSpeed: boolean;
}

/** The only way to an adapter's write: plan, check, journal, write, journal, and wait until the meters say yes. */
export async function inject<P extends object>(order: Order<P>, scene: Scene, signal: AbortSignal): Promise<Injection> {
  const intents = order.recipe.plan(await survey(order, scene), order.params);
  for (const intent of intents) await requireHolds(intent);
  const measure = meters(order, intents, scene);
  const before = await measure();
  const requestedAt = Date.now();
  try {
    for (const intent of intents) await carryOut(intent, scene);
    const seen = await waitForMechanism(order, { measure, before, from: requestedAt }, signal);
    return new InForce({ ...order, ...seen, intents, measure, scene, signal, startedAt: requestedAt });
  } catch (error) {
    await revertOpen(scene.journal, "injection failed", new Set(intents.map(({ id }) => id)));
    throw error;
  }
}

/** All numbers by which a mechanism is seen: of the receivers of the writes, and what the app itself tells. */
function meters(
  { on }: Pick<Order<object>, "on">,
  intents: readonly Intent[],
  { target }: Scene,
): () => Promise<Meters> {
  return async () => Object.assign({}, ...(await Promise.all([told(target, on), meter(intents)]))) as Meters;
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
interface Waiting {
  measure(): Promise<Meters>;
  readonly before: Meters;
  readonly from: Millis;
}

async function waitForMechanism<P extends object>(
  { recipe, params }: Order<P>,
  { measure, before, from }: Waiting,
  signal: AbortSignal,
): Promise<Seen> {
  const samples: Sample[] = [];
  const until = from + (recipe.actsWithin?.(params) ?? ACTS_WITHIN);
  let notBefore = from;
  while (Date.now() < until) {
    // Who is being replaced, or too busy to answer, says nothing for a moment.
    const meters = await measure().catch((): Meters => ({}));
    const at = Date.now();
    const acts = recipe.acts(meters, before, params);
    if (acts || samples.length % 8 === 0) samples.push({ at, meters });
    if (acts) return { effective: { notBefore, notAfter: at }, acted: true, samples };
    notBefore = at;
    await sleep(EVERY, undefined, { signal });
  }
  return { effective: { notBefore: from, notAfter: from }, acted: false, samples };
}
