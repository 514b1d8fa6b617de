import type { Component } from "../telemetry/model.ts";
import type { Bin, Cell, Rollup, RouteCell, Row } from "./bins.ts";
import { median, type Normal, quantile, robust, score, sorted, sum } from "./robust.ts";

/** Fewest bins of history before anything is called normal. Source: engine page, section 3. */
export const ENOUGH = 18;
/** Longest history: 10 minutes of bins. */
const LONGEST = 120;
/** Bins before now that are not yet history: 60 s (X2), 15 s while the history is short (H). */
const GUARD = 12;
const SHORT_GUARD = 3;
const SHORT = 60;
/**
 * Seconds added before taking logs. Far above it a stream is judged by ratio, far below by difference, so that the
 * floor of 5 % is one of 2 ms for fast services: .002 / .05. H for this smooth joint of the two floors.
 */
const SOFT = 0.04;
const LOG_FLOOR = 0.05;
/** Weight of the component's own error share in that of a route with few requests. H. */
const PRIOR = 10;
/** A score needs at least so many requests in a bin. P. */
export const FEWEST = 20;

export interface RouteNorm {
  /** Mean seconds of a request and share that fails. */
  readonly mean: number;
  readonly failing: number;
}
/** What is normal for the requests that one component answers. */
export interface StreamNorm {
  readonly routes: ReadonlyMap<string, RouteNorm>;
  readonly overall: RouteNorm;
  /** Of the latency deviation: ln of mean over the mean expected for the mix of routes. */
  readonly latency: Normal;
  /** Share of requests that fail with each status. */
  readonly statuses: ReadonlyMap<number, number>;
  /** How much more than Poisson the error counts scatter, at least 1. */
  readonly unrest: number;
  /** Requests in a bin. */
  readonly rate: Normal;
  /** 99th percentile of a request, seconds. */
  readonly slowest: number;
  readonly bins: readonly Bin[];
}
export type Norms = ReadonlyMap<Component, StreamNorm>;

/** The bins that count as history at `now`: not the newest, none of the excluded, at most 10 minutes. */
export function historyBins(rollup: Rollup, excluded: (bin: Bin) => boolean): readonly Bin[] {
  if (rollup.first === undefined) return [];
  const bins: Bin[] = [];
  const oldest = Math.max(rollup.first, rollup.closed - LONGEST - GUARD);
  for (let bin = oldest; bin < rollup.closed; bin++) if (!excluded(bin)) bins.push(bin);
  const guard = bins.length > SHORT ? GUARD : SHORT_GUARD;
  return bins.slice(0, Math.max(0, bins.length - guard));
}

/** Learns every component's norm from the rows of the history; components seen in too few bins have none. */
export function learn(rows: ReadonlyMap<Bin, Row>, history: readonly Bin[]): Norms {
  const seen = new Map<Component, Bin[]>();
  for (const bin of history)
    for (const component of rows.get(bin)?.keys() ?? []) {
      const bins = seen.get(component);
      if (bins) bins.push(bin);
      else seen.set(component, [bin]);
    }
  const norms = new Map<Component, StreamNorm>();
  for (const [component, bins] of seen) {
    if (bins.length < ENOUGH) continue;
    const cells = (of: readonly Bin[]) => of.flatMap((bin) => rows.get(bin)?.get(component) ?? []);
    const kept = settled(bins, cells);
    norms.set(component, normOf(cells(kept), kept));
  }
  return norms;
}

/**
 * Leaves out the leading bins of a warm-up: those in front of the first three whose median lies within two scales of
 * what the later half calls normal. At least `ENOUGH` bins stay.
 */
function settled(bins: readonly Bin[], cells: (of: readonly Bin[]) => readonly Cell[]): readonly Bin[] {
  const pace = paceOf(cells(bins.slice(Math.floor(bins.length / 2))));
  const x = cells(bins).map((cell) => latencyOf(cell, pace));
  let start = 0;
  while (start < bins.length - ENOUGH && score(median(x.slice(start, start + 3)), pace.latency) > 2) start++;
  return bins.slice(start);
}

/** What requests normally take, and how much a bin strays from what its mix of routes lets expect. */
type Pace = Pick<StreamNorm, "routes" | "overall" | "latency">;
type Expected = Pick<Pace, "routes" | "overall">;

function paceOf(cells: readonly Cell[]): Pace {
  const count = sum(cells.map((cell) => cell.count));
  const failing = count > 0 ? sum(cells.map((cell) => cell.failed)) / count : 0;
  const overall = { mean: median(cells.map((cell) => cell.seconds / cell.count)), failing };
  const routes = new Map<string, RouteNorm>();
  for (const [route, of] of byRoute(cells)) {
    const n = sum(of.map((one) => one.count));
    const failed = sum(of.map((one) => one.failed));
    routes.set(route, { mean: trimmedMean(durationsIn(of)), failing: (failed + PRIOR * failing) / (n + PRIOR) });
  }
  const expected: Expected = { routes, overall };
  const latencies = cells.map((cell) => latencyOf(cell, expected));
  return { ...expected, latency: robust(latencies, LOG_FLOOR) };
}

function byRoute(cells: readonly Cell[]): ReadonlyMap<string, readonly RouteCell[]> {
  const found = new Map<string, RouteCell[]>();
  for (const cell of cells)
    for (const [route, of] of cell.routes) {
      const list = found.get(route);
      if (list) list.push(of);
      else found.set(route, [of]);
    }
  return found;
}

function durationsIn(cells: readonly RouteCell[]): Float64Array {
  const all = new Float64Array(cells.reduce((total, { durations }) => total + durations.length, 0));
  let filled = 0;
  for (const { durations } of cells) {
    all.set(durations, filled);
    filled += durations.length;
  }
  return all;
}

function normOf(cells: readonly Cell[], bins: readonly Bin[]): StreamNorm {
  const count = sum(cells.map((cell) => cell.count));
  const statuses = new Map<number, number>();
  for (const cell of cells)
    for (const [status, failed] of cell.statuses) statuses.set(status, (statuses.get(status) ?? 0) + failed / count);
  const rate = robust(
    cells.map((cell) => cell.count),
    5,
    0.1,
  );
  const durations = sorted(durationsIn(cells.flatMap((cell) => [...cell.routes.values()])));
  const slowest = quantile(durations, 0.99);
  const draft: StreamNorm = { statuses, ...paceOf(cells), unrest: 1, rate, slowest, bins };
  const z = cells.map((cell) => allErrors(cell, draft));
  return { ...draft, unrest: Math.max(1, robust(z, 0).scale) };
}

/** Mean without the slowest twentieth: one stall in quiet time must not become the norm of a route. */
function trimmedMean(durations: Float64Array): number {
  const ascending = durations.sort();
  const kept = ascending.subarray(0, Math.max(1, Math.ceil(ascending.length * 0.95)));
  return kept.length > 0 ? sum(kept) / kept.length : 0;
}

/** Mean seconds that this mix of routes normally takes. */
export function expectedMean(cell: Cell, norm: Expected): number {
  let seconds = 0;
  for (const [route, of] of cell.routes) seconds += of.count * (norm.routes.get(route) ?? norm.overall).mean;
  return cell.count > 0 ? seconds / cell.count : 0;
}

/** ln of the mean latency over the expected one, softened for latencies of a few milliseconds. */
export function latencyOf(cell: Cell, norm: Expected): number {
  if (cell.count === 0) return 0;
  return Math.log((cell.seconds / cell.count + SOFT) / (expectedMean(cell, norm) + SOFT));
}

export function latencyScore(cell: Cell, norm: StreamNorm): number {
  return cell.count >= FEWEST ? score(latencyOf(cell, norm), norm.latency) : 0;
}

/** Failed requests that this mix of routes normally has. */
export function expectedFailed(cell: Cell, norm: StreamNorm): number {
  let failed = 0;
  for (const [route, of] of cell.routes) failed += of.count * (norm.routes.get(route) ?? norm.overall).failing;
  return failed;
}

/** A kind of failure that quiet time hardly knows is expected so often in a bin. H. */
const HARDLY = 0.5;

/** The larger of the scores of all failures and of those with one status: a rare kind stands out before the sum does. */
export function errorScore(cell: Cell, norm: StreamNorm): number {
  let z = allErrors(cell, norm);
  if (cell.count < FEWEST) return z;
  for (const [status, failed] of cell.statuses) {
    const expected = Math.max(HARDLY, (norm.statuses.get(status) ?? 0) * cell.count);
    z = Math.max(z, (2 * (Math.sqrt(failed) - Math.sqrt(expected))) / norm.unrest);
  }
  return z;
}

/** z = 2 (sqrt k - sqrt(n p0)), over the unrest of quiet time; 0 below 20 requests or an excess of .25 points (D1). */
function allErrors(cell: Cell, norm: StreamNorm): number {
  const expected = expectedFailed(cell, norm);
  if (cell.count < FEWEST) return 0;
  const z = (2 * (Math.sqrt(cell.failed) - Math.sqrt(expected))) / norm.unrest;
  return z > 0 && cell.failed - expected < 0.0025 * cell.count ? 0 : z;
}
