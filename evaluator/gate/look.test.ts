import { describe, expect, it } from "vitest";
import type { RunScore } from "./accepted.ts";
import { look } from "./look.ts";
import type { Pair } from "./measures.ts";
import { RULES } from "./rules.ts";

const MIDDLE = { last: false, confirmable: false };
const LAST = { last: true, confirmable: false };
const HOUR = 3_600_000;

const right = (repeat: number): RunScore => ({
  repeat,
  state: "correct",
  exact_set: 1,
  ttd_ms: 10_000,
  false_alarms: 0,
});
const wrong = (repeat: number): RunScore => ({ ...right(repeat), state: "wrong", exact_set: 0 });
const five = (one: (repeat: number) => RunScore): RunScore[] => [1, 2, 3, 4, 5].map(one);

/** Incidents and controls, each a cluster of its own unless said. */
function pairs(
  incidents: number,
  controls: number,
  now: (pair: number, incident: boolean) => readonly RunScore[],
  clusterOf = (i: number): string => `c${i}`,
): Pair[] {
  return Array.from({ length: incidents + controls }, (_, i) => {
    const incident = i < incidents;
    const known = { cluster: clusterOf(i), incident, calm: HOUR / 10, window: incident ? 80_000 : null };
    return { id: `case-${i}`, known, before: five(right), now: now(i, incident) };
  });
}

describe("a look at an agent that answers by chance", () => {
  it("passes what has not changed", () => {
    const found = look(
      pairs(24, 12, () => five(right)),
      RULES,
      MIDDLE,
    );
    expect(found).toMatchObject({ decision: "pass", clusters: 24, incidents: 24, repeats: 5, before: 1, now: 1 });
    expect(found.beside.map(({ name }) => name)).toEqual(["abstain", "rmttd", "fa_per_hour"]);
  });
  it("fails what is worse everywhere, and says by how much", () => {
    const found = look(
      pairs(24, 12, (_, incident) => five(incident ? wrong : right)),
      RULES,
      MIDDLE,
    );
    expect(found.decision).toBe("fail");
    expect(found.reasons).toEqual([{ rule: "exact_set", text: "exact set -100.0 points: worse, and not by chance" }]);
  });
  it("asks for fresh runs of the accepted agent first, where they can be had", () => {
    const worse = pairs(24, 0, () => five(wrong));
    expect(look(worse, RULES, { last: false, confirmable: true }).decision).toBe("confirm");
  });
  it("asks for more when half are lost in a few, and says so at the end", () => {
    const some = pairs(24, 0, (i) => [i % 8 === 0 ? wrong(1) : right(1)]);
    expect(look(some, RULES, MIDDLE).decision).toBe("more");
    expect(look(some, RULES, LAST)).toMatchObject({ decision: "inconclusive", reasons: [{ rule: "undecided" }] });
  });
  it("is not sure of many cases in few clusters", () => {
    const found = look(
      pairs(
        60,
        0,
        () => five(right),
        (i) => `c${i % 12}`,
      ),
      RULES,
      LAST,
    );
    expect(found).toMatchObject({ decision: "inconclusive", clusters: 12, reasons: [{ rule: "clusters" }] });
  });
  it("does not decide when many runs do not count, and leaves a few out", () => {
    const invalid = (repeat: number): RunScore => ({ ...wrong(repeat), state: "invalid" });
    const many = look(
      pairs(40, 0, (i) => five(i < 8 ? invalid : right)),
      RULES,
      LAST,
    );
    expect(many).toMatchObject({ decision: "inconclusive", invalid: 0.2, reasons: [{ rule: "invalid" }] });
    const few = look(
      pairs(40, 0, (i) => five(i < 2 ? invalid : right)),
      RULES,
      LAST,
    );
    expect(few).toMatchObject({ decision: "pass", clusters: 38, now: 1 });
  });
  it("says the same when asked again", () => {
    const some = pairs(24, 12, (i) => five(i % 5 === 0 ? wrong : right));
    expect(look(some, RULES, LAST)).toEqual(look(some, RULES, LAST));
  });
});

describe("scores beside exact set", () => {
  const late = (repeat: number): RunScore => ({ ...right(repeat), ttd_ms: 60_000 });
  const nervous = (repeat: number): RunScore => ({ ...right(repeat), false_alarms: 2 });
  it.each([
    ["later alarms", "rmttd", (_: number, incident: boolean) => five(incident ? late : right)],
    ["false alarms", "fa_per_hour", () => five(nervous)],
    ["accused controls", "abstain", (_: number, incident: boolean) => five(incident ? right : wrong)],
  ])("%s make it red, by %s", (_, rule, now) => {
    const found = look(pairs(24, 12, now), RULES, MIDDLE);
    expect(found.decision).toBe("fail");
    expect(found.reasons.map((reason) => reason.rule)).toEqual([rule]);
  });
  it("an alarm that never comes counts as the shortest window", () => {
    const never = (repeat: number): RunScore => ({ ...right(repeat), ttd_ms: null });
    const found = look(
      pairs(24, 0, () => five(never)),
      RULES,
      MIDDLE,
    );
    expect(found.beside.find(({ name }) => name === "rmttd")?.mean).toBeCloseTo(-70, 6);
  });
  it("are not asked of fewer than ten clusters", () => {
    const found = look(
      pairs(24, 9, (_, incident) => five(incident ? right : wrong)),
      RULES,
      MIDDLE,
    );
    expect(found.beside.map(({ name }) => name)).not.toContain("abstain");
  });
  it("do not hold up a pass when one in many is late", () =>
    expect(
      look(
        pairs(24, 0, (i) => five(i === 0 ? late : right)),
        RULES,
        MIDDLE,
      ).decision,
    ).toBe("pass"));
});
