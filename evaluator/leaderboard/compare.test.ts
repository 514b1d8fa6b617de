import { describe, expect, it } from "vitest";
import type { Stamped } from "../../agent/investigation.ts";
import { compareAll, details, inOneLine } from "./compare.ts";
import { naming, sampleCase, sampleResults } from "./testing/sample-results.ts";

const cases = [sampleCase("k1", "a"), sampleCase("k2", "b"), sampleCase("k3", "store"), sampleCase("k4", null)];
const results = (answers: Readonly<Record<string, readonly Stamped[]>>, agent = "x") =>
  sampleResults(cases, { [agent]: ({ id }) => answers[id] ?? [] });
const later = (said: readonly Stamped[], ms: number): Stamped[] => said.map((one) => ({ ...one, at: one.at + ms }));

const before = results({ k1: naming("a"), k2: naming("b") });
const told = (answers: Readonly<Record<string, readonly Stamped[]>>): string =>
  compareAll(before, results(answers)).map(inOneLine).join("\n");

describe("a comparison in one line", () => {
  it("of the same says that nothing changed", () =>
    expect(told({ k1: naming("a"), k2: naming("b") })).toBe("4 unchanged; TTD 0.0 s"));
  it("says what was lost and won, and what is said now", () =>
    expect(told({ k1: naming("store"), k2: naming("b"), k3: naming("store") })).toBe(
      "lost 1: scenario-k1, seed 1, now says store; won 1: scenario-k3, seed 1, now says store; 2 unchanged; TTD 0.0 s",
    ));
  it("says how much sooner or later it detects, over what it detects both times", () => {
    expect(told({ k1: later(naming("a"), 4_000), k2: later(naming("b"), 2_000) })).toBe("4 unchanged; TTD +3.0 s");
    expect(told({ k1: later(naming("a"), -3_000) })).toBe(
      "lost 1: scenario-k2, seed 1, now says nothing; 3 unchanged; TTD -3.0 s",
    );
  });
  it("counts a control that is accused as lost", () =>
    expect(told({ k1: naming("a"), k2: naming("b"), k4: naming("a") })).toMatch(/^lost 1: scenario-k4, .* now says a/));
  it("says when the recordings are not the same", () => {
    const other = sampleResults(cases.slice(1), { x: () => naming("b") }, { corpus: { sha256: "dead", cases: 3 } });
    expect(inOneLine(compareAll(before, other)[0] ?? ({} as never))).toMatch(
      /1 cases are in one of them only; the corpora differ$/,
    );
  });
});

describe("the details", () => {
  it("name every case with what was said before and now", () => {
    const [one] = compareAll(before, results({ k1: naming("a") }));
    const lines = one ? details(one) : [];
    expect(lines[0]).toContain("x, 4 cases: -25 points right (no interval); worse in 1 clusters");
    expect(lines[1]).toBe("  lost  scenario-k2, seed 1 (development): before says b, now says nothing");
  });
});

describe("who is compared", () => {
  it("is the only agent of each, whatever they are called", () => {
    const [one] = compareAll(before, results({ k1: naming("a"), k2: naming("b") }, "y"));
    expect(one).toMatchObject({ first: "x", second: "y", same: 4 });
  });
  it("must be clear", () => {
    const two = sampleResults(cases, { y: () => [], z: () => [] });
    expect(() => compareAll(before, two)).toThrow(/no agent in common/);
  });
});
