import type { Component, Instant, Millis, Span } from "../telemetry/model.ts";

/** Bin width. Source: X2. */
export const BIN: Millis = 5000;
/** A bin of spans closes so long after its end: one span batch (1 s) and its way. H. */
export const SPAN_DELAY: Millis = 2500;
/** A bin of metrics closes so long after its end: a point's time is that of its export, so this is its way. H. */
export const METRIC_DELAY: Millis = 3000;
/** How many bins are kept: 10 minutes of history and an incident. */
const KEPT = 240;

export type Bin = number;
export const binOf = (at: Instant): Bin => Math.floor(at / BIN);

/** Requests of one route in one bin; durations in seconds. */
export interface RouteCell {
  count: number;
  failed: number;
  seconds: number;
  readonly durations: number[];
}
/** Requests answered by one component in one bin, by route. */
export interface Cell {
  /** Failed requests by what they were answered with. */
  readonly statuses: Map<number, number>;
  count: number;
  failed: number;
  seconds: number;
  readonly routes: Map<string, RouteCell>;
}
export type Row = ReadonlyMap<Component, Cell>;

/**
 * Server spans counted into bins as they arrive. `all` has every request of a component, `users` only those that no
 * other component sent: the root of a trace has a parent that nobody exported.
 */
export interface Rollup {
  readonly all: Map<Bin, Map<Component, Cell>>;
  readonly users: Map<Bin, Map<Component, Cell>>;
  readonly open: Map<Bin, Span[]>;
  /** When a span of each component last came, and how long after its end. */
  readonly heard: Map<Component, { readonly arrival: Instant; readonly lag: Millis }>;
  /** Spans whose own time is so far from their arrival that they belong to no bin. */
  strays: number;
  /** Ids of client and producer spans, the newest generation and the one before. */
  callers: readonly [Set<string>, Set<string>];
  /** All bins below are closed. */
  closed: Bin;
  first: Bin | undefined;
}

/** At most so many caller ids in a generation: some minutes of traffic. */
const GENERATION = 60_000;

export const emptyRollup = (): Rollup => ({
  all: new Map(),
  users: new Map(),
  open: new Map(),
  heard: new Map(),
  strays: 0,
  callers: [new Set(), new Set()],
  closed: 0,
  first: undefined,
});

/** A request that counts as failed: its span is in error or it was answered 5xx, 408 or 429. H for the 4xx. */
export function isFailed(span: Span): boolean {
  const status = statusOf(span);
  if (span.kind === "client" && status >= 400 && status < 500) return status === 408 || status === 429;
  return span.failed || status >= 500 || status === 408 || status === 429;
}

export function statusOf(span: Span): number {
  const status = span.attributes["http.response.status_code"] ?? span.attributes["http.status_code"];
  return typeof status === "number" ? status : Number(status ?? 0) || 0;
}

const entered = (span: Span) => span.kind === "server" || span.kind === "consumer";

/** How long a bin is kept: a span that arrives later than this counts nowhere. */
export const KEPT_FOR: Millis = KEPT * BIN;

/**
 * Takes in the spans that have arrived since the last time, but for those that ended before `since`. The rollup is owned
 * by its fold and changed in place.
 */
export function addSpans(rollup: Rollup, spans: readonly Span[], since: Instant = Number.NEGATIVE_INFINITY): void {
  for (const span of spans) if (span.kind === "client" || span.kind === "producer") remember(rollup, span.id);
  for (const span of spans) {
    if (!entered(span) || span.end < since) continue;
    const bin = binOf(span.end);
    rollup.heard.set(span.component, { arrival: span.arrival, lag: span.arrival - span.end });
    if (Math.abs(binOf(span.arrival) - bin) > KEPT) {
      rollup.strays += 1;
      continue;
    }
    rollup.first = Math.min(rollup.first ?? bin, bin);
    if (bin < rollup.closed) settle(rollup, bin, span);
    else listOf(rollup.open, bin).push(span);
  }
}

/** Bins without any span that are silence. H. */
export const SILENT_BINS = 3;
/** A clock is off from here on: no exporter waits so long. H. */
export const OFF: Millis = 15_000;

/** Has a component answered in the newest closed bins? One whose clock is off answers in others, and is not silent. */
export function isHeard(rollup: Rollup, component: Component): boolean {
  const since = rollup.closed - SILENT_BINS;
  for (let bin = since; bin < rollup.closed; bin++) if (rollup.all.get(bin)?.has(component)) return true;
  const last = rollup.heard.get(component);
  return last !== undefined && Math.abs(last.lag) > OFF && last.arrival >= since * BIN;
}

/** Closes all bins that ended `SPAN_DELAY` before `now` and returns them, oldest first. */
export function closeBins(rollup: Rollup, now: Instant): readonly Bin[] {
  if (rollup.first === undefined) return [];
  const until = binOf(now - SPAN_DELAY);
  const bins: Bin[] = [];
  for (let bin = Math.max(rollup.closed, rollup.first); bin < until; bin++) {
    for (const span of rollup.open.get(bin) ?? []) settle(rollup, bin, span);
    rollup.open.delete(bin);
    bins.push(bin);
    rollup.all.delete(bin - KEPT);
    rollup.users.delete(bin - KEPT);
  }
  rollup.closed = Math.max(rollup.closed, until);
  return bins;
}

function remember(rollup: Rollup, id: string): void {
  if (rollup.callers[0].size >= GENERATION) rollup.callers = [new Set(), rollup.callers[0]];
  rollup.callers[0].add(id);
}

function settle(rollup: Rollup, bin: Bin, span: Span): void {
  count(rowOf(rollup.all, bin), span);
  const called =
    span.parent !== undefined && (rollup.callers[0].has(span.parent) || rollup.callers[1].has(span.parent));
  if (!called) count(rowOf(rollup.users, bin), span);
}

function count(row: Map<Component, Cell>, span: Span): void {
  let cell = row.get(span.component);
  if (!cell) {
    cell = { statuses: new Map(), count: 0, failed: 0, seconds: 0, routes: new Map() };
    row.set(span.component, cell);
  }
  let route = cell.routes.get(span.name);
  if (!route) {
    route = { count: 0, failed: 0, seconds: 0, durations: [] };
    cell.routes.set(span.name, route);
  }
  const failed = isFailed(span) ? 1 : 0;
  const seconds = Math.max(0, span.end - span.start) / 1000;
  if (failed) cell.statuses.set(statusOf(span), (cell.statuses.get(statusOf(span)) ?? 0) + 1);
  for (const target of [cell, route]) {
    target.count += 1;
    target.failed += failed;
    target.seconds += seconds;
  }
  route.durations.push(seconds);
}

function rowOf(rows: Map<Bin, Map<Component, Cell>>, bin: Bin): Map<Component, Cell> {
  let row = rows.get(bin);
  if (!row) {
    row = new Map();
    rows.set(bin, row);
  }
  return row;
}

function listOf(lists: Map<Bin, Span[]>, bin: Bin): Span[] {
  let list = lists.get(bin);
  if (!list) {
    list = [];
    lists.set(bin, list);
  }
  return list;
}
