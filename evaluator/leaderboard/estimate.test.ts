import { describe, expect, it } from "vitest";
import { estimate, type Scored } from "./estimate.ts";

const one = (id: number, cluster: number, value: number): Scored => ({ case: `c${id}`, cluster: `k${cluster}`, value });
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe("an estimate", () => {
  it("of nothing is unknown, not 0", () =>
    expect(estimate([], "share")).toEqual({ value: null, low: null, high: null, n: 0, clusters: 0, method: "none" }));
  it("of one run a case and one case a cluster is Wilson's: 16 of 20", () => {
    const found = estimate(
      upTo(20).map((i) => one(i, i, i < 16 ? 1 : 0)),
      "share",
    );
    expect(found).toMatchObject({ value: 0.8, n: 20, clusters: 20, method: "wilson" });
    expect(found.low).toBeCloseTo(0.584, 3);
    expect(found.high).toBeCloseTo(0.919, 3);
  });
  it("is the mean over cases, not over runs", () =>
    expect(estimate([one(1, 1, 1), one(1, 1, 1), one(1, 1, 1), one(2, 2, 0)], "share").value).toBe(0.5));
  it("does not take cases of one cluster for independent samples", () => {
    const spread = estimate(
      upTo(20).map((i) => one(i, i, i < 10 ? 1 : 0)),
      "share",
    );
    const heaped = estimate(
      upTo(20).map((i) => one(i, i % 4, i % 4 < 2 ? 1 : 0)),
      "share",
    );
    expect(heaped).toMatchObject({ value: 0.5, n: 20, clusters: 4, method: "wilson over clusters" });
    expect((heaped.high ?? 0) - (heaped.low ?? 0)).toBeGreaterThan((spread.high ?? 1) - (spread.low ?? 0));
  });
  it("of many clusters is drawn from them", () => {
    const found = estimate(
      upTo(40).flatMap((i) => [one(2 * i, i, i % 3 ? 1 : 0), one(2 * i + 1, i, 1)]),
      "share",
    );
    expect(found).toMatchObject({ n: 80, clusters: 40, method: "bootstrap over clusters" });
    expect(found.low).toBeLessThan(found.value ?? 0);
    expect(found.high).toBeGreaterThan(found.value ?? 1);
  });
  it("of equal values is not sure of itself", () => {
    const found = estimate(
      upTo(24).map((i) => one(i, i >> 1, 1 / 6)),
      "share",
    );
    expect(found.method).toBe("wilson over clusters");
    expect((found.high ?? 0) - (found.low ?? 0)).toBeGreaterThan(0.3);
  });
  it("of one cluster has no interval", () =>
    expect(estimate([one(1, 1, 1), one(2, 1, 0)], "share")).toMatchObject({ value: 0.5, low: null, method: "none" }));
  it("that is no share has none without ten clusters", () =>
    expect(
      estimate(
        upTo(5).map((i) => one(i, i, i * 100)),
        "mean",
      ),
    ).toMatchObject({ value: 200, low: null }));
});
