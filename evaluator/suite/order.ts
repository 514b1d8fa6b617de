import { type Attempt, counts } from "./attempt.ts";

/** One scenario with one seed. */
export interface Drill {
  readonly scenario: string;
  readonly seed: number;
}
/** What has come of a suite's drills so far, in the order of the suite. */
export type Tally = readonly (Drill & { readonly attempts: readonly Attempt[] })[];

/** Most attempts of one drill: what does not count is tried once more. */
const ATTEMPTS = 2;

/** All scenarios with the first seed, then with the second, and so on. */
export function inOrder(scenarios: readonly string[], seeds: readonly number[]): Drill[] {
  return seeds.flatMap((seed) => scenarios.map((scenario) => ({ scenario, seed })));
}

export const same = (a: Drill, b: Drill): boolean => a.scenario === b.scenario && a.seed === b.seed;

/**
 * What is to be run next: first everything once, then once more what did not count. `pending` has been played and is
 * not yet judged. Undefined when there is nothing, or nothing before that one is judged.
 */
export function nextOf(tally: Tally, pending: Drill | undefined): Drill | undefined {
  const open = tally.filter((one) => pending === undefined || !same(one, pending));
  const due = open.find(({ attempts }) => attempts.length === 0) ?? open.find(({ attempts }) => again(attempts));
  return due && { scenario: due.scenario, seed: due.seed };
}

function again(attempts: readonly Attempt[]): boolean {
  return attempts.length > 0 && attempts.length < ATTEMPTS && !attempts.some(counts);
}

/** The attempt that stands for the drill: the last, as there is a second only when the first does not count. */
export function standing(attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.at(-1);
}

/** The tally with one more attempt. */
export function withAttempt<T extends Tally[number]>(tally: readonly T[], drill: Drill, attempt: Attempt): T[] {
  return tally.map((one) => (same(one, drill) ? { ...one, attempts: [...one.attempts, attempt] } : one));
}
