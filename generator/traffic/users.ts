import { median, quantile } from "simple-statistics";
import type { AppId, Millis } from "../targets/target.ts";
import type { Outcome } from "./outcome.ts";

/** What users felt of the requests due in five seconds (or more, where requests are few). */
export interface Bin {
  readonly from: Millis;
  readonly n: number;
  readonly bad: number;
  readonly p95: Millis;
}
export interface Users {
  /** Closed bins by due time: all their requests have ended. */
  bins(since: Millis, app?: AppId): readonly Bin[];
}
export interface Normal {
  readonly badShare: number;
  readonly p95: Millis;
}
const BIN: Millis = 5_000;
/** Longest a user waits; a bin closes that long after its end at the latest. */
const PATIENCE: Millis = 5_000;
const FEW = 20;
const WIDEST: Millis = 30_000;

export function normalOf(bins: readonly Bin[]): Normal {
  if (bins.length === 0) return { badShare: 0, p95: 0 };
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  const bad = bins.reduce((sum, bin) => sum + bin.bad, 0);
  return { badShare: n === 0 ? 0 : bad / n, p95: median(bins.map((bin) => bin.p95)) };
}

/** What users were promised: answers within `p95` do not hurt them, however fast they came before. */
export interface Objective {
  readonly p95: Millis;
}

/** The judge's rule: 5 points and 2.5 sigma (square-root scale) more bad requests, or twice the p95 and 20 ms more. */
export function hurts(bin: Bin, normal: Normal, objective: Objective = { p95: 0 }): boolean {
  if (bin.n === 0) return false;
  const failing =
    bin.bad / bin.n - normal.badShare >= 0.05 && 2 * (Math.sqrt(bin.bad) - Math.sqrt(bin.n * normal.badShare)) >= 2.5;
  return failing || (bin.p95 >= 2 * normal.p95 && bin.p95 - normal.p95 >= 20 && bin.p95 > objective.p95);
}

/** Start of the first hurt bin from which three in five hurt. */
export function onset(bins: readonly Bin[], normal: Normal, objective?: Objective): Millis | undefined {
  const hurt = bins.map((bin) => hurts(bin, normal, objective));
  const first = hurt.findIndex((is, i) => is && hurt.slice(i, i + 5).filter(Boolean).length >= 3);
  return bins[first]?.from;
}

export function isBad(outcome: Outcome): boolean {
  if (outcome.kind === "answered") return outcome.status >= 500 || !outcome.valid;
  return outcome.kind === "failed" && outcome.why !== "local";
}
/** From due to end; without an answer at least as long as a user waits. */
export function responseTime(outcome: Outcome): Millis {
  if (outcome.kind === "answered") return outcome.done - outcome.due;
  return outcome.kind === "failed" ? Math.max(outcome.done - outcome.due, PATIENCE) : PATIENCE;
}

/** Five-second bins on the grid of 1970; a bin of few requests takes in the next ones, up to 30 s. */
export function binned(outcomes: readonly Outcome[], from: Millis, to: Millis): Bin[] {
  const bins: Bin[] = [];
  let start = Math.ceil(from / BIN) * BIN;
  let held: Outcome[] = [];
  const sorted = outcomes.toSorted((a, b) => a.due - b.due);
  let next = sorted.findIndex((one) => one.due >= start);
  if (next < 0) return [];
  for (let end = start + BIN; end <= to; end += BIN) {
    for (let one = sorted[next]; one && one.due < end; one = sorted[++next]) held.push(one);
    if (held.length < FEW && end - start < WIDEST) continue;
    const p95 = held.length === 0 ? 0 : quantile(held.map(responseTime), 0.95);
    bins.push({ from: start, n: held.length, bad: held.filter(isBad).length, p95 });
    start = end;
    held = [];
  }
  return bins;
}

/** Collects outcomes as they come and answers what users felt. */
export function felt(
  now: () => Millis = Date.now,
): Users & { take(outcomes: readonly Outcome[]): void; all(): readonly Outcome[] } {
  const kept: Outcome[] = [];
  return {
    take: (outcomes) => void kept.push(...outcomes),
    all: () => kept,
    bins(since, app) {
      const mine = kept.filter((one) => one.due >= since && (app === undefined || one.app === app));
      return binned(mine, since, now() - PATIENCE - 500);
    },
  };
}
