import { describe, expect, it } from "vitest";
import type { Bin } from "../traffic/users.ts";
import { type Keeper, nextDose, settled } from "./keeper.ts";

const keeper: Keeper = {
  app: "java-otel-sample-app",
  target: 0.25,
  first: 0.3,
  least: 0.1,
  most: 1,
  set: (forward) => forward,
};
const bin = (bad: number, n = 150): Bin => ({ from: 0, n, bad, p95: 10 });

describe("the keeper of a dose", () => {
  it("leaves a dose alone that is near its target", () => expect(nextDose(keeper, 0.3, [bin(40)])).toBe(0.3));
  it("raises a dose that hurts too little", () => expect(nextDose(keeper, 0.3, [bin(10)])).toBeCloseTo(0.375));
  it("lowers a dose that hurts too much, by at most a quarter", () =>
    expect(nextDose(keeper, 0.3, [bin(150)])).toBeCloseTo(0.225));
  it("stays within its bounds", () => {
    expect(nextDose(keeper, 0.95, [bin(0)])).toBe(1);
    expect(nextDose(keeper, 0.11, [bin(150)])).toBe(0.1);
  });
  it("does nothing on too few requests", () => expect(nextDose(keeper, 0.3, [bin(0, 20)])).toBe(0.3));
  it("finds a target in a system whose harm follows the dose", () => {
    const failing = (dose: number): number => Math.max(0, 1 - 16 / (60 * dose + 0.4)) + 0.05;
    let dose = 0.6;
    for (let step = 0; step < 12; step++) dose = nextDose(keeper, dose, [bin(Math.round(150 * failing(dose)))]);
    expect(failing(dose)).toBeGreaterThan(0.2);
    expect(failing(dose)).toBeLessThan(0.3);
  });
  it("freezes only on enough requests near the target", () => {
    expect(settled(keeper, [bin(38), bin(38)])).toBe(true);
    expect(settled(keeper, [bin(38)])).toBe(false);
    expect(settled(keeper, [bin(70), bin(70)])).toBe(false);
  });
});
