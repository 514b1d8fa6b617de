import { performance } from "node:perf_hooks";
import { expect, test, vi } from "vitest";
import { CULPRIT, investigated, metropolis, watched } from "./testing/metropolis.ts";

vi.setConfig({ testTimeout: 300_000 });

const SIZES = [20, 50, 100, 200, 500, 1_000];
/** Time may grow by this power of the number of spans and services at most: beyond it something is quadratic. */
const POWER = 1.6;

test("time grows hardly faster than the system", () => {
  const rows = SIZES.map((services) => {
    const { view, spans } = metropolis({ services, rate: services / 8 + 10 });
    const noticed = watched(view);
    const took = Array.from({ length: 3 }, () => {
      const from = performance.now();
      expect(investigated(noticed, view).hypotheses[0]?.component).toBe(CULPRIT);
      return performance.now() - from;
    }).sort((a, b) => a - b);
    const row = { services, spans, ms: took[1] ?? Number.POSITIVE_INFINITY };
    process.stdout.write(`${services} services, ${spans} spans: ${row.ms.toFixed(0)} ms\n`);
    return row;
  });
  const at = (services: number) => rows.find((row) => row.services === services);
  const [small, large] = [at(100), at(1_000)];
  if (!small || !large) throw new RangeError("not measured");
  expect(Math.log(large.ms / small.ms) / Math.log(large.services / small.services)).toBeLessThan(POWER);
});
