import { describe, expect, it } from "vitest";
import { kneeOf, risingRates, rushing, type Step } from "./knee.ts";
import { rate } from "./load.ts";

const step = (rps: number, p95: number, answered = 1): Step => ({ rps, p95, answered });

describe("the knee", () => {
  it("is the last rate before users wait three times as long", () =>
    expect(kneeOf([step(20, 15), step(30, 16), step(45, 40), step(68, 90), step(100, 900)])).toEqual({
      carries: 45,
      breaks: 68,
    }));
  it("is no matter of a few milliseconds", () =>
    expect(kneeOf([step(20, 4), step(30, 15), step(45, 22)])).toEqual({ carries: 45, breaks: null }));
  it("is where answers stay out", () =>
    expect(kneeOf([step(20, 15), step(30, 16, 0.97)])).toEqual({ carries: 20, breaks: 30 }));
  it("is unknown when nothing was carried", () => {
    expect(kneeOf([])).toBeUndefined();
    expect(kneeOf([step(20, 15, 0.5)])).toBeUndefined();
  });
});

it("rates rise by half, and stop at the highest", () =>
  expect(risingRates(20, 100)).toEqual([20, 30, 45, 68, 101].slice(0, 4)));

describe("a rush", () => {
  const rush = { times: 1.4, otherwise: 100 };
  it("rises to more than the app carries, and stays", () => {
    const load = rushing(10, rush, { carries: 150, breaks: 200 });
    expect([rate(load, 0), rate(load, 10_000), rate(load, 20_000), rate(load, 300_000)]).toEqual([10, 145, 280, 280]);
  });
  it("goes by what was carried when nothing was too much, and by the scenario when nothing was measured", () => {
    expect(rate(rushing(10, rush, { carries: 150, breaks: null }), 60_000)).toBe(210);
    expect(rate(rushing(10, rush, undefined), 60_000)).toBe(140);
  });
});
