import jstat from "jstat";
import { quantile } from "../stats/quantile.ts";
import { type Decision, decide } from "./decide.ts";
import { type Pairs, see } from "./paired.ts";
import type { Rules } from "./rules.ts";

/** A world in which the truth about two agents is known: cases of unequal difficulty, one a cluster. */
export interface World {
  readonly cases: number;
  /** Chance of the accepted agent to be right, mean over cases. */
  readonly accuracy: number;
  /** By how much the candidate's is lower. */
  readonly drop: number;
  /** Difficulties are normal on the logit scale, with this deviation. */
  readonly spread: number;
  /** Stored runs a case of the accepted agent. */
  readonly stored: number;
}
export const WORLD: World = { cases: 40, accuracy: 0.85, drop: 0, spread: 2, stored: 5 };

type Outcome = Exclude<Decision, "confirm" | "more">;
/** How many simulated gates came out how, and what they cost. */
export interface Tally {
  readonly gates: number;
  readonly pass: number;
  readonly fail: number;
  readonly inconclusive: number;
  /** Runs a case of the candidate, and fresh ones of the accepted agent, mean over gates. */
  readonly runs: number;
  readonly freshRuns: number;
}

/** Everything a simulated gate writes to; made once, so that gates allocate next to nothing. */
interface Bench {
  readonly world: World;
  readonly rules: Rules;
  readonly centres: { readonly before: number; readonly now: number };
  readonly chanceBefore: Float64Array;
  readonly chanceNow: Float64Array;
  /** Right answers among the stored runs, by case. */
  readonly stored: Float64Array;
  readonly before: Float64Array;
  readonly now: Float64Array;
  readonly pairs: Pairs;
  readonly drawn: Float64Array;
}

/** Holds so many gates, each with cases, stored runs and candidate of its own. `random` is uniform in [0, 1). */
export function simulate(world: World, rules: Rules, gates: number, random: () => number): Tally {
  const bench = benchOf(world, rules);
  return tally(gates, () => {
    settle(bench, random);
    return hold(bench, random);
  });
}

/**
 * Share of gates that are red though nothing changed, at the 90 % point over stored runs: what an unlucky (that is,
 * lucky) set of accepted results costs everybody who comes after.
 */
export function unlucky(
  world: World,
  rules: Rules,
  { sets, gates }: { readonly sets: number; readonly gates: number },
  random: () => number,
): number {
  const bench = benchOf({ ...world, drop: 0 }, rules);
  const shares = Array.from({ length: sets }, () => {
    settle(bench, random);
    return tally(gates, () => hold(bench, random)).fail / gates;
  });
  return quantile(shares, 0.9);
}

interface Held {
  readonly outcome: Outcome;
  readonly runs: number;
  readonly fresh: number;
}

function tally(gates: number, one: () => Held): Tally {
  const counts = { pass: 0, fail: 0, inconclusive: 0 };
  let runs = 0;
  let fresh = 0;
  for (let i = 0; i < gates; i++) {
    const held = one();
    counts[held.outcome] += 1;
    runs += held.runs;
    fresh += held.fresh;
  }
  return { gates, ...counts, runs: runs / gates, freshRuns: fresh / gates };
}

/** Draws how difficult the cases are, and what the accepted agent's stored runs were. */
function settle({ world, centres, chanceBefore, chanceNow, stored }: Bench, random: () => number): void {
  for (let i = 0; i < world.cases; i++) {
    const off = world.spread * normal(random);
    chanceBefore[i] = logistic(centres.before + off);
    chanceNow[i] = logistic(centres.now + off);
    stored[i] = rights(world.stored, chanceBefore[i] ?? 0, random);
  }
}

/** One gate from its first look to its end, by the same rules as a real one. */
function hold(bench: Bench, random: () => number): Held {
  const { rules, world, before, now, chanceBefore, chanceNow, pairs, drawn } = bench;
  before.set(bench.stored);
  now.fill(0);
  let fresh = 0;
  let runs = 0;
  for (const look of rules.looks) {
    for (let i = 0; i < world.cases; i++) now[i] = (now[i] ?? 0) + rights(look - runs, chanceNow[i] ?? 0, random);
    runs = look;
    for (;;) {
      for (let i = 0; i < world.cases; i++)
        pairs.sums[i] = (now[i] ?? 0) / runs - (before[i] ?? 0) / (world.stored + fresh);
      const standing = { last: look === rules.looks.at(-1), confirmable: rules.confirm > 0 && fresh === 0 };
      const decision = decide(see(pairs, rules.alpha, random, drawn), rules.margin, standing);
      if (decision === "more") break;
      if (decision !== "confirm") return { outcome: decision, runs, fresh };
      fresh = rules.confirm;
      for (let i = 0; i < world.cases; i++) before[i] = (before[i] ?? 0) + rights(fresh, chanceBefore[i] ?? 0, random);
    }
  }
  return { outcome: "inconclusive", runs, fresh };
}

function benchOf(world: World, rules: Rules): Bench {
  const { cases, accuracy, drop, spread } = world;
  const column = (): Float64Array => new Float64Array(cases);
  return {
    world,
    rules,
    centres: { before: centreOf(accuracy, spread), now: centreOf(accuracy - drop, spread) },
    chanceBefore: column(),
    chanceNow: column(),
    stored: column(),
    before: column(),
    now: column(),
    pairs: { sums: column(), weights: column().fill(1) },
    drawn: new Float64Array(rules.draws),
  };
}

const STEPS = 1_000;

/** The centre on the logit scale at which the mean chance is `share`: the midpoint rule, and bisection. */
export function centreOf(share: number, spread: number): number {
  const offs = Float64Array.from({ length: STEPS }, (_, i) => spread * jstat.normal.inv((i + 0.5) / STEPS, 0, 1));
  const meanAt = (centre: number): number => offs.reduce((sum, off) => sum + logistic(centre + off), 0) / STEPS;
  let low = -20;
  let high = 20;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (meanAt(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Box and Muller's. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function rights(of: number, chance: number, random: () => number): number {
  let right = 0;
  for (let i = 0; i < of; i++) if (random() < chance) right += 1;
  return right;
}
