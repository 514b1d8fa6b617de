import type { Millis } from "../targets/target.ts";
import { type Load, ramp, sequence, steps } from "./load.ts";

/** What users felt at one rate. */
export interface Step {
  /** Requests a second that were due. */
  readonly rps: number;
  /** Response time from due, 95th percentile. */
  readonly p95: Millis;
  /** Share of due requests that got an answer. */
  readonly answered: number;
}
/** How much an app carries. */
export interface Knee {
  /** The highest rate at which users were still served as at the lowest, requests a second. */
  readonly carries: number;
  /** The lowest rate at which they were not; null when none that was tried was too much. */
  readonly breaks: number | null;
}
/** Knees by app. */
export type Knees = Readonly<Record<string, Knee>>;

/** Users are no longer served: so many times the response time at the lowest rate, and at least so much more. */
const SLOWER = 3;
const AT_LEAST: Millis = 20;
const ANSWERED = 0.98;

/** Whether a rate is too much for an app that at its lowest rate answered as `first` says. */
export function tooMuch(step: Step, first: Step): boolean {
  return step.answered < ANSWERED || (step.p95 > SLOWER * first.p95 && step.p95 - first.p95 >= AT_LEAST);
}

/** The knee in steps of rising rates; the first that is too much ends them. Undefined without any that was carried. */
export function kneeOf(all: readonly Step[]): Knee | undefined {
  const [first] = all;
  if (first === undefined || first.answered < ANSWERED) return undefined;
  const broken = all.find((step) => tooMuch(step, first));
  const carried = all.slice(0, broken ? all.indexOf(broken) : all.length).at(-1);
  return carried && { carries: carried.rps, breaks: broken?.rps ?? null };
}

/** Rates from `lowest` on, each half as much again as the one before, none above `highest`. */
export function risingRates(lowest: number, highest: number): number[] {
  const rates: number[] = [];
  for (let rate = lowest; rate <= highest; rate *= 1.5) rates.push(Math.round(rate));
  return rates;
}
export const risingSteps = (rates: readonly number[], each: Millis): Load => steps(rates, each);

/** More users than an app can carry. */
export interface Rush {
  /** How many times what it carries. */
  readonly times: number;
  /** What it carries where nobody has measured it, requests a second. */
  readonly otherwise: number;
}
/** Users come as fast as they do when a sale begins. */
const WITHIN: Millis = 20_000;

/** The load of a rush, from the usual rate on; then it stays. */
export function rushing(usual: number, { times, otherwise }: Rush, knee: Knee | undefined): Load {
  const peak = Math.round(times * (knee?.breaks ?? knee?.carries ?? otherwise));
  return sequence([ramp(usual, peak, WITHIN), ramp(peak, peak, Number.MAX_SAFE_INTEGER)]);
}
