import { quantileSorted } from "simple-statistics";
import type { Instant } from "../agent/telemetry/model.ts";
import type { Outcome } from "../generator/traffic/outcome.ts";
import { isBad, responseTime } from "../generator/traffic/users.ts";
import type { LoadFigures } from "./run.ts";

/** How a bad request failed, in words: `503`, `timeout`, `refused`, `wrong body`. */
export function how(outcome: Outcome): string {
  if (outcome.kind === "answered") return outcome.status >= 500 ? String(outcome.status) : "wrong body";
  return outcome.kind === "failed" ? outcome.why : `dropped: ${outcome.why}`;
}

/**
 * Figures of the requests due in a window. Percentiles run over all of them, from due to end; one without an answer
 * counts with the time users waited.
 */
export function figures(outcomes: readonly Outcome[], from: Instant, to: Instant): LoadFigures {
  const due = outcomes.filter((one) => one.due >= from && one.due < to);
  const sent = due.filter((one) => one.kind !== "dropped");
  const seconds = Math.max((to - from) / 1_000, 1e-3);
  const waited = due.map((one) => responseTime(one)).sort((a, b) => a - b);
  const slips = sent.map((one) => one.sent - one.due).sort((a, b) => a - b);
  const at = (sorted: number[], q: number): number => (sorted.length === 0 ? 0 : quantileSorted(sorted, q));
  return {
    offered: due.length / seconds,
    achieved: sent.length / seconds,
    dropped: due.length - sent.length,
    p50: at(waited, 0.5),
    p95: at(waited, 0.95),
    p99: at(waited, 0.99),
    errorShare: due.length === 0 ? 0 : due.filter(isBad).length / due.length,
    slip: at(slips, 0.99),
  };
}

/** Counts per way of failing, commonest first. */
export function breakdown(outcomes: readonly Outcome[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const one of outcomes) if (isBad(one)) counts.set(how(one), (counts.get(how(one)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]));
}
