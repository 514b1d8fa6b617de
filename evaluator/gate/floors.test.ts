import { describe, expect, it } from "vitest";
import type { RunScore } from "./accepted.ts";
import { belowFloors, floorsOf, type Runs } from "./floors.ts";

const run: RunScore = { repeat: 1, state: "correct", exact_set: 1, ttd_ms: 10_000, false_alarms: 0 };
const HOUR = 3_600_000;
function cases(n: number, change: (i: number) => Partial<RunScore> = () => ({})): Runs[] {
  return Array.from({ length: n }, (_, i) => ({
    known: { cluster: `c${i}`, incident: true, calm: HOUR, window: 80_000 },
    runs: [{ ...run, ...change(i) }],
  }));
}
const rules = (floors: readonly string[], all: readonly Runs[]) =>
  belowFloors(floorsOf(floors), all).map(({ rule }) => rule);

describe("floors", () => {
  it("are optional", () =>
    expect(
      rules(
        [],
        cases(3, () => ({ exact_set: 0 })),
      ),
    ).toEqual([]));
  it("ask the lower bound of exact set, not its mean", () => {
    // 16 of 20 is 0.8, and at least 0.58.
    const most = cases(20, (i) => ({ exact_set: i < 16 ? 1 : 0 }));
    expect(rules(["exact_set=0.58"], most)).toEqual([]);
    expect(rules(["exact_set=0.7"], most)).toEqual(["floor exact_set"]);
  });
  it("ask the upper bound of false alarms: none in two hours may still be 1.8 in one", () => {
    expect(rules(["fa_per_hour=1.8"], cases(2))).toEqual(["floor fa_per_hour"]);
    expect(rules(["fa_per_hour=1.9"], cases(2))).toEqual([]);
  });
  it("count an alarm that never came as later than all", () => {
    expect(rules(["ttd_p90=10"], cases(20))).toEqual([]);
    expect(
      rules(
        ["ttd_p90=80"],
        cases(20, (i) => (i < 4 ? { ttd_ms: null } : {})),
      ),
    ).toEqual(["floor ttd_p90"]);
  });
  it("are not reached without samples, nor by what does not count", () => {
    const all = ["exact_set=0", "fa_per_hour=9", "ttd_p90=9"];
    expect(rules(all, [])).toHaveLength(3);
    expect(
      rules(
        all,
        cases(5, () => ({ state: "invalid" })),
      ),
    ).toHaveLength(3);
  });
  it.each(["speed=1", "exact_set=much", "exact_set=2", "exact_set"])("are refused as %s", (text) =>
    expect(() => floorsOf([text])).toThrow(/--floor/),
  );
});
