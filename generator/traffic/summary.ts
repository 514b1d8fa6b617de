import { quantileSorted } from "simple-statistics";
import type { Millis } from "../targets/target.ts";
import type { Outcome } from "./outcome.ts";
import { isBad, responseTime } from "./users.ts";

/** Load as asked for and as it was, and how the answers were. Times in ms; shares of all due requests. */
export interface Summary {
  readonly seconds: number;
  readonly due: number;
  readonly sent: number;
  readonly dropped: number;
  readonly offered: number;
  readonly achieved: number;
  readonly reservedShare: number;
  readonly errorShare: number;
  readonly response: Percentiles;
  readonly service: Percentiles;
  /** Due to sent: the generator's own lateness. */
  readonly slip: Percentiles;
  readonly status: Readonly<Record<string, number>>;
  readonly valid: boolean;
  readonly why?: string;
}
export interface Percentiles {
  readonly p50: Millis;
  readonly p90: Millis;
  readonly p95: Millis;
  readonly p99: Millis;
  readonly max: Millis;
  readonly avg: Millis;
  readonly min: Millis;
}

export function summarize(outcomes: readonly Outcome[], seconds: number): Summary {
  const sent = outcomes.filter((one) => one.kind !== "dropped");
  const due = outcomes.length;
  const dropped = due - sent.length;
  const slip = percentiles(sent.map((one) => one.sent - one.due));
  const why = invalid(due, sent.length, slip.p99);
  return {
    seconds,
    due,
    sent: sent.length,
    dropped,
    offered: due / seconds,
    achieved: sent.length / seconds,
    reservedShare: share(outcomes.filter((one) => one.reserved).length, due),
    errorShare: share(outcomes.filter(isBad).length, due),
    response: percentiles(outcomes.map(responseTime)),
    service: percentiles(sent.map((one) => one.done - one.sent)),
    slip,
    status: tally(outcomes),
    valid: why === undefined,
    ...(why === undefined ? {} : { why }),
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

function invalid(due: number, sent: number, slip: Millis): string | undefined {
  if (due === 0) return "nothing was due";
  if (sent / due < 0.99) return `only ${((100 * sent) / due).toFixed(1)} % of due requests were sent`;
  return slip > 50 ? `requests left ${slip.toFixed(0)} ms late (p99)` : undefined;
}

export function percentiles(values: readonly number[]): Percentiles {
  if (values.length === 0) return { p50: 0, p90: 0, p95: 0, p99: 0, max: 0, avg: 0, min: 0 };
  const sorted = values.toSorted((a, b) => a - b);
  const at = (q: number): number => quantileSorted(sorted, q);
  const avg = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99), max: at(1), avg, min: at(0) };
}

/** Counts by status code or by the way of failing. */
export function tally(outcomes: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of outcomes) {
    const key = one.kind === "answered" ? String(one.status) : one.why;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** The form of k6's `--summary-export`: times in ms; in `http_req_failed` the `passes` are the failed requests. */
export function k6Summary(outcomes: readonly Outcome[], seconds: number): object {
  const summary = summarize(outcomes, seconds);
  const trend = (p: Percentiles): object => ({
    avg: p.avg,
    min: p.min,
    med: p.p50,
    max: p.max,
    "p(90)": p.p90,
    "p(95)": p.p95,
    "p(99)": p.p99,
  });
  const failed = outcomes.filter(isBad).length;
  return {
    root_group: { name: "", path: "", id: "d41d8cd98f00b204e9800998ecf8427e", groups: {}, checks: {} },
    metrics: {
      http_req_duration: { ...trend(summary.service), count: summary.sent },
      response_time: { ...trend(summary.response), count: summary.due },
      http_req_blocked: { ...trend(summary.slip), count: summary.sent },
      http_reqs: { count: summary.sent, rate: summary.achieved },
      http_req_failed: { passes: failed, fails: summary.due - failed, value: summary.errorShare },
      iterations: { count: summary.sent, rate: summary.achieved },
      dropped_iterations: { count: summary.dropped, rate: summary.dropped / seconds },
    },
  };
}
