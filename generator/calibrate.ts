import { APPS, type AppId, type Millis, type RunningTarget } from "./targets/target.ts";
import { type Stream, startTraffic } from "./traffic/engine.ts";
import { type Knee, kneeOf, risingRates, risingSteps, type Step, tooMuch } from "./traffic/knee.ts";
import { constant, lasting, sequence } from "./traffic/load.ts";
import type { Outcome } from "./traffic/outcome.ts";
import { summarize } from "./traffic/summary.ts";

export interface Calibrating {
  /** Rates that are tried, requests a second. */
  readonly lowest: number;
  readonly highest: number;
  /** How long each. */
  readonly each: Millis;
  readonly seed: number;
  told(app: AppId, step: Step): void;
}
/** The other apps' users meanwhile, requests a second each. */
const USUAL = 10;
const SETTLES: Millis = 10_000;
const PATIENCE: Millis = 5_000;

/**
 * Finds what an app carries: rates rise by steps (open loop) until users wait three times as long as at the lowest, or
 * answers stay out. Undefined when even the lowest was too much, or the generator could not send on time.
 */
export async function calibrate(
  target: RunningTarget,
  app: AppId,
  { lowest, highest, each, seed, told }: Calibrating,
  signal: AbortSignal,
): Promise<Knee | undefined> {
  const rates = risingRates(lowest, highest);
  const lasts = SETTLES + rates.length * each;
  const rising = sequence([lasting(constant(lowest), SETTLES), risingSteps(rates, each)]);
  const streams = APPS.filter((one) => target.fronts.has(one)).map(
    (one): Stream => ({
      app: one,
      url: String(target.fronts.get(one)),
      phases: [{ lasts, load: one === app ? rising : constant(USUAL), reserved: 0 }],
    }),
  );
  await using traffic = await startTraffic({ streams, seed, arrivals: "poisson", timeout: PATIENCE }, signal);
  const steps: Step[] = [];
  const outcomes: Outcome[] = [];
  const until = (n: number): Millis => traffic.startedAt + SETTLES + n * each;
  for await (const batch of traffic.batches()) {
    outcomes.push(...batch.filter((one) => one.app === app));
    // All requests of the next step have ended, or their users have given up.
    if (Date.now() < until(steps.length + 1) + PATIENCE + 500) continue;
    const step = stepOf(outcomes, until(steps.length), each);
    if (step === undefined) break;
    steps.push(step);
    told(app, step);
    if (steps.length === rates.length || tooMuch(step, steps[0] ?? step)) break;
  }
  await traffic.stop();
  signal.throwIfAborted();
  return kneeOf(steps);
}

function stepOf(outcomes: readonly Outcome[], from: Millis, lasts: Millis): Step | undefined {
  const due = outcomes.filter((one) => one.due >= from && one.due < from + lasts);
  const { valid, response } = summarize(due, lasts / 1_000);
  if (!valid) return undefined;
  const answered = due.filter((one) => one.kind === "answered").length;
  return { rps: due.length / (lasts / 1_000), p95: response.p95, answered: answered / due.length };
}
