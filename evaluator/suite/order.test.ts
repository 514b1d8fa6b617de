import { describe, expect, it } from "vitest";
import type { Attempt } from "./attempt.ts";
import { inOrder, nextOf, standing, type Tally, withAttempt } from "./order.ts";
import { attempt, invalid } from "./testing/samples.ts";

const tally = (...attempts: readonly (readonly Attempt[])[]): Tally =>
  attempts.map((all, seed) => ({ scenario: "s", seed, attempts: all }));
const next = (of: Tally, pending?: number): number | undefined =>
  nextOf(of, pending === undefined ? undefined : { scenario: "s", seed: pending })?.seed;

describe("the order of a suite", () => {
  it("is all scenarios with one seed, then with the next", () =>
    expect(inOrder(["a", "b"], [1, 2]).map(({ scenario, seed }) => `${scenario}${seed}`)).toEqual([
      "a1",
      "b1",
      "a2",
      "b2",
    ]));
  const cases: readonly (readonly [string, Tally, number | undefined])[] = [
    ["the first that has not been tried", tally([attempt()], [], []), 1],
    ["what has not been tried, before what did not count", tally([invalid], []), 1],
    ["what did not count, when all has been tried", tally([attempt()], [invalid]), 1],
    ["what could not be held", tally([attempt({ state: "failed" })]), 0],
    [
      "nothing when all counts, however wrong",
      tally([attempt({ state: "wrong" })], [attempt({ state: "agent-error" })]),
      undefined,
    ],
    ["nothing that has been tried twice", tally([invalid, invalid]), undefined],
    ["nothing that counted the second time", tally([invalid, attempt()]), undefined],
  ];
  for (const [what, of, expected] of cases) it(`goes on with ${what}`, () => expect(next(of)).toBe(expected));
  it("leaves out what is being judged, and takes what is known not to count meanwhile", () => {
    expect(next(tally([attempt()], []), 1)).toBeUndefined();
    expect(next(tally([invalid], []), 1)).toBe(0);
    expect(next(tally([invalid], [invalid]), 0)).toBe(1);
  });
});

describe("a drill's attempts", () => {
  it("are stood for by the last", () => {
    const last = attempt({ state: "failed" });
    expect([standing([invalid, attempt()]), standing([invalid, last]), standing([])]).toEqual([
      attempt(),
      last,
      undefined,
    ]);
  });
  it("are added to that drill alone", () => {
    const found = withAttempt(tally([], []), { scenario: "s", seed: 1 }, invalid);
    expect(found.map(({ attempts }) => attempts)).toEqual([[], [invalid]]);
  });
});
