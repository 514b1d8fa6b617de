import { performance } from "node:perf_hooks";
import { expect, test, vi } from "vitest";
import { CULPRIT, investigated, metropolis, type Plan, watched } from "./testing/metropolis.ts";

vi.setConfig({ testTimeout: 60_000 });

/** Times of one investigation, of which the median counts. */
const TIMES = 5;
/** A machine may be busy with other things. */
const SLACK = 2;

/** Engine page, section 17: budgets of a whole investigation in ms, at about as many spans as there. */
const BUDGETS: readonly (readonly [plan: Plan, ms: number])[] = [
  [{ services: 20, rate: 10 }, 150],
  [{ services: 100, rate: 30 }, 600],
];

test.each(BUDGETS)("%o is investigated within %i ms at the median", (plan, budget) => {
  const { view, spans } = metropolis(plan);
  const noticed = watched(view);
  const took = Array.from({ length: TIMES }, () => {
    const from = performance.now();
    const found = investigated(noticed, view);
    const ms = performance.now() - from;
    expect([found.named, found.hypotheses[0]?.component, found.hypotheses[0]?.cause]).toEqual([
      1,
      CULPRIT,
      "slow-code",
    ]);
    return ms;
  }).sort((a, b) => a - b);
  const median = took[TIMES >> 1] ?? Number.POSITIVE_INFINITY;
  process.stdout.write(`${plan.services} services, ${spans} spans: ${median.toFixed(0)} ms (budget ${budget})\n`);
  expect(median).toBeLessThan(SLACK * budget);
});
