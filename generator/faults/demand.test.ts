import { describe, expect, it } from "vitest";
import type { Bin, Users } from "../traffic/users.ts";
import { atWork, measuredRates, orders, reservations, stockReads, visits } from "./demand.ts";

const NOW = 1_790_000_000_000;
const JAVA = "java-otel-sample-app";
const GO = "go-otel-sample-app";
const OTEL = "otel-sample-app";

function usersWith(ns: readonly number[]): Users {
  const bins: Bin[] = ns.map((n, i) => ({ from: NOW - 60_000 + i * 5_000, n, bad: 0, p95: 10 }));
  return { bins: (since) => bins.filter(({ from }) => from >= since) };
}

describe("the load that doses follow", () => {
  it("is what users sent in the last minute", () => {
    expect(measuredRates(usersWith([50, 40, 60, 50, 50]), [JAVA], NOW)[JAVA]).toBe(10);
  });
  it("is unknown while there are not two bins of it", () => {
    expect(measuredRates(usersWith([50]), [JAVA], NOW)).toEqual({});
    expect(measuredRates(usersWith([]), [JAVA], NOW)).toEqual({});
  });
  it("is too little for a dose when there is next to none", () => {
    expect(() => atWork(0.05, "orders")).toThrow(/no orders/);
    expect(atWork(6, "orders")).toBe(6);
  });
});

describe("what the users' requests ask of the apps behind", () => {
  const all = { [OTEL]: 10, [JAVA]: 10, [GO]: 10 };
  it.each([
    ["orders", orders, 3 + 3],
    ["requests that name a user", visits, 6 + 1.5 + 6],
    ["looks at stock", stockReads, 6 + 3 + 3 + 2],
    ["reservations", reservations, 3 + 6],
  ])("%s", (_, demand, wanted) => expect(demand(all)).toBeCloseTo(wanted));
  it("is nothing from apps to which nobody sends", () => expect(orders({ [GO]: 10 })).toBe(0));
});
