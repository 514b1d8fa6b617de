import { expect, test } from "vitest";
import { errorScore, expectedMean, historyBins, latencyScore, learn } from "./baseline.ts";
import { addSpans, BIN, closeBins, emptyRollup, type Rollup } from "./bins.ts";
import { spanOf } from "./testing/sketch.ts";

/** Fifty requests a bin of two routes; `slow` and `failed` may differ by bin. */
function town(bins: number, ms: (bin: number) => number, failed: (bin: number) => number = () => 2): Rollup {
  const rollup = emptyRollup();
  for (let bin = 0; bin < bins; bin++) {
    const spans = Array.from({ length: 50 }, (_, i) => {
      const to = bin * BIN + 50 + i * 90;
      const name = i % 5 === 0 ? "POST /" : "GET /";
      const took = ms(bin) * (name === "POST /" ? 4 : 1) * (1 + ((i * 7) % 10) / 20);
      return spanOf({ id: `${bin}-${i}`, of: "a", name, from: to - took, to, status: i < failed(bin) ? 500 : 200, failed: i < failed(bin) });
    }); // biome-ignore format: one shape
    addSpans(rollup, spans);
  }
  closeBins(rollup, bins * BIN + 10_000);
  return rollup;
}
const cellOf = (rollup: Rollup, bin: number) => {
  const cell = rollup.all.get(bin)?.get("a");
  if (!cell) throw new RangeError(`no bin ${bin}`);
  return cell;
};
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

test("a bin like those of quiet time scores about nothing, a slow or failing one a lot", () => {
  const rollup = town(26, (bin) => (bin === 24 ? 60 : 20), (bin) => (bin === 25 ? 20 : 2)); // biome-ignore format: one line
  const norm = learn(rollup.all, upTo(24)).get("a");
  if (!norm) throw new Error("nothing learnt");
  expect(Math.abs(latencyScore(cellOf(rollup, 23), norm))).toBeLessThan(1);
  expect(latencyScore(cellOf(rollup, 24), norm)).toBeGreaterThan(10);
  expect(errorScore(cellOf(rollup, 23), norm)).toBeLessThan(1);
  expect(errorScore(cellOf(rollup, 25), norm)).toBeCloseTo(2 * (Math.sqrt(20) - Math.sqrt(2)), 0);
});

test("another mix of routes is not a change of latency", () => {
  const rollup = town(25, () => 20);
  const norm = learn(rollup.all, upTo(24)).get("a");
  const cell = cellOf(rollup, 24);
  const post = cell.routes.get("POST /");
  if (!norm || !post) throw new Error("nothing learnt");
  const onlyPosts = { ...cell, count: post.count * 5, failed: 0, seconds: post.seconds * 5, routes: new Map([["POST /", { ...post, count: post.count * 5, seconds: post.seconds * 5 }]]) }; // biome-ignore format: one shape
  expect(Math.abs(latencyScore(onlyPosts, norm))).toBeLessThan(1.5);
  expect(expectedMean(onlyPosts, norm)).toBeGreaterThan(2 * expectedMean(cell, norm));
});

test("a warm-up is left out of what is normal", () => {
  const rollup = town(36, (bin) => (bin < 9 ? 20 + 200 / (1 + bin) : 20));
  const norm = learn(rollup.all, upTo(36)).get("a");
  expect(norm?.bins[0]).toBeGreaterThanOrEqual(7);
});

test("fewer than 18 bins teach nothing, and the newest bins are not yet history", () => {
  const rollup = town(30, () => 20);
  expect(learn(rollup.all, upTo(17)).size).toBe(0);
  expect(historyBins(rollup, () => false)).toEqual(upTo(rollup.closed - 3));
  expect(historyBins(rollup, (bin) => bin < 10)[0]).toBe(10);
  expect(historyBins(emptyRollup(), () => false)).toEqual([]);
});

test("too few requests in a bin have no score", () => {
  const rollup = town(25, () => 20);
  const norm = learn(rollup.all, upTo(24)).get("a");
  if (!norm) throw new Error("nothing learnt");
  const few = { count: 19, failed: 19, seconds: 100, statuses: new Map(), routes: new Map() };
  expect([latencyScore(few, norm), errorScore(few, norm)]).toEqual([0, 0]);
});
