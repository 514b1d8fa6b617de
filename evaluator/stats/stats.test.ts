import { describe, expect, it } from "vitest";
import { seeded } from "../../generator/phase.ts";
import { clusterBootstrap } from "./bootstrap.ts";
import { calibration, expectedError } from "./calibration.ts";
import { holm } from "./holm.ts";
import { kaplanMeier, medianTime, restrictedMean, type Timed } from "./kaplan-meier.ts";
import { mcnemar } from "./mcnemar.ts";
import { poissonRate } from "./poisson.ts";
import { quantile } from "./quantile.ts";
import { passAtK, passHatK } from "./repeats.ts";

describe("published and hand-computed values", () => {
  it.each([
    [0, 0, 3.689],
    [1, 0.0253, 5.572],
    [5, 1.623, 11.668],
    [10, 4.795, 18.39],
  ])("Poisson: %d events lie in [%d, %d]", (events, low, high) => {
    const found = poissonRate(events, 1);
    expect(found.low).toBeCloseTo(low, 3);
    expect(found.high).toBeCloseTo(high, 2);
    expect(poissonRate(events, 2).high).toBeCloseTo(high / 2, 2);
  });
  it.each([
    [10, 2, 0.0386],
    [6, 0, 0.03125],
    [8, 8, 1],
    [0, 0, 1],
  ])("McNemar: %d lost and %d won is p = %d", (lost, won, p) => expect(mcnemar(lost, won)).toBeCloseTo(p, 4));
  it("Holm's adjusted p values", () => {
    const expected = [0.03, 0.06, 0.06, 0.02];
    holm([0.01, 0.04, 0.03, 0.005]).forEach((p, i) => {
      expect(p).toBeCloseTo(expected[i] ?? Number.NaN, 10);
    });
  });
  it("pass@k and pass^k", () => {
    expect(passAtK(5, 2, 3)).toBeCloseTo(0.9, 10);
    expect(passHatK(5, 2, 3)).toBe(0);
    expect(passAtK(5, 4, 3)).toBe(1);
    expect(passHatK(5, 4, 3)).toBeCloseTo(0.4, 10);
  });
  it("quantiles between order statistics", () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([4, 1, 3, 2], 0.25)).toBe(1.75);
    expect(quantile([], 0.5)).toBeNaN();
  });
  it("Brier and calibration error", () => {
    const stated = [
      [0.9, 1],
      [0.8, 1],
      [0.7, 0],
      [0.6, 1],
    ].map(([confidence = 0, right = 0]) => ({ confidence, right }));
    expect(calibration(stated, seeded(1))).toMatchObject({ brier: expect.closeTo(0.175, 10) as number, ece: null });
    expect(expectedError(stated, 1)).toBeCloseTo(0, 10);
  });
});

describe("Kaplan and Meier's curve, 6-MP arm of Freireich 1963", () => {
  const arm: Timed[] = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
    .split(" ")
    .map((one) => ({ at: Number.parseInt(one, 10), seen: !one.endsWith("+") }));
  const curve = kaplanMeier(arm);
  const at = (time: number) => curve.find((step) => step.at === time);
  it("has the published shares", () => {
    for (const [time, share] of [
      [6, 0.8571],
      [10, 0.7529],
      [22, 0.5378],
      [23, 0.4482],
    ] as const)
      expect(at(time)?.s).toBeCloseTo(share, 4);
    expect(medianTime(curve)).toBe(23);
  });
  it("has the published band at 10", () => {
    expect(at(10)?.low).toBeCloseTo(0.5032, 4);
    expect(at(10)?.high).toBeCloseTo(0.8894, 4);
  });
  it("has the published restricted means", () => {
    expect(restrictedMean(curve, 20)).toBeCloseTo(16.12, 2);
    expect(restrictedMean(curve, 35)).toBeCloseTo(23.29, 2);
  });
  it("never reaches a median that too few have seen", () =>
    expect(
      medianTime(
        kaplanMeier([
          { at: 1, seen: true },
          { at: 2, seen: false },
          { at: 3, seen: false },
        ]),
      ),
    ).toBeNull());
  it("does not fall when a censoring comes later", () => {
    const later = arm.map((one) => (one.seen ? one : { ...one, at: one.at + 5 }));
    expect(medianTime(kaplanMeier(later)) ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(23);
  });
});

describe("the bootstrap over clusters", () => {
  const mean = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0) / all.length;
  it("says nothing of few clusters, or of equal values", () => {
    expect(clusterBootstrap([[1], [0]], mean, seeded(1))).toBeNull();
    expect(
      clusterBootstrap(
        Array.from({ length: 12 }, () => [1]),
        mean,
        seeded(1),
      ),
    ).toBeNull();
  });
  it("covers the truth about as often as it says", () => {
    const random = seeded(7);
    let covered = 0;
    const tries = 200;
    for (let i = 0; i < tries; i++) {
      const clusters = Array.from({ length: 40 }, () => {
        const p = random() < 0.8 ? 0.95 : 0.4;
        return [1, 2, 3].map(() => (random() < p ? 1 : 0));
      });
      const found = clusterBootstrap(clusters, mean, random, 400);
      if (found && found.low <= 0.84 && found.high >= 0.84) covered++;
    }
    expect(covered / tries).toBeGreaterThan(0.9);
    expect(covered / tries).toBeLessThan(0.985);
  });
});
