import { describe, expect, it } from "vitest";
import { splitOf } from "../../scenarios/split.ts";
import { figuresOf } from "./figures.ts";
import { markdown, told } from "./table.ts";
import { attempt, control, invalid, record } from "./testing/samples.ts";

/** Names of one split, so that the figures of the other stay empty. */
const names = Array.from({ length: 60 }, (_, i) => `name-${i}`);
const [a = "", b = "", c = "", d = ""] = names.filter((name) => splitOf(name) === "development");
const [held = ""] = names.filter((name) => splitOf(name) === "held-out");
const wrong = attempt({ state: "wrong", rank: 2, acAt1: 0 });
const missed = attempt({ state: "no-answer", rank: null, named: [], ttdMs: null, acAt1: 0, acAt3: 0 });

describe("the figures of a suite", () => {
  it("count what stands for each drill, development and held-out apart", () => {
    const { drills } = record({
      [a]: [invalid, attempt()],
      [b]: [wrong],
      [c]: [missed],
      [d]: [control],
      [held]: [attempt()],
    });
    const { development, "held-out": heldOut } = figuresOf(drills);
    expect(development).toMatchObject({
      drills: 4,
      attempts: 5,
      invalid: 1,
      failed: 0,
      falseAlarms: 0,
      agentErrors: 0,
    });
    expect(development.incidents).toMatchObject({ wrong: 1, noAnswer: 1, medianTtdMs: 12_000 });
    expect(development.incidents.correct).toMatchObject({ n: 3, scenarios: 3 });
    expect(development.incidents.correct.value).toBeCloseTo(1 / 3);
    expect(development.incidents.detected.value).toBeCloseTo(2 / 3);
    expect(development.controls.correct).toMatchObject({ value: 1, n: 1 });
    expect(heldOut.incidents.correct).toMatchObject({ value: 1, n: 1 });
    expect(heldOut.controls.correct).toMatchObject({ value: null, n: 0 });
  });
  it("leave out what does not count, and give no share of nothing", () => {
    const { development } = figuresOf(record({ [a]: [invalid, invalid] }).drills);
    expect(development).toMatchObject({ attempts: 2, invalid: 2 });
    expect(development.incidents).toMatchObject({ correct: { value: null, n: 0 }, medianTtdMs: null });
  });
  it("take the seeds of a scenario as one sample: the interval is that of the scenarios", () => {
    const of = (seed: number) => record({ [a]: [attempt()], [b]: [seed === 1 ? attempt() : wrong] }, seed).drills;
    const { correct } = figuresOf([...of(1), ...of(2)]).development.incidents;
    expect(correct).toMatchObject({ value: 0.75, n: 4, scenarios: 2 });
    expect(correct.high - correct.low).toBeGreaterThan(0.7);
  });
  it("give no median when most were missed", () =>
    expect(
      figuresOf(record({ [a]: [attempt()], [b]: [missed], [c]: [missed] }).drills).development.incidents.medianTtdMs,
    ).toBeNull());
});

describe("the table", () => {
  const text = told(record({ [a]: [invalid, wrong], [b]: [], [d]: [control] }), "reports/x");
  it("has a line for each drill, with why an attempt did not count", () => {
    expect(text).toMatch(
      new RegExp(`^${a} +1 +development +wrong +2 +a +after 12.0 s +invalid: users hurt: no onset \\(dud\\)$`, "m"),
    );
    expect(text).toMatch(new RegExp(`^${b} +1 +development +not run`, "m"));
    expect(text).toMatch(new RegExp(`^${d} +1 +development +correct +- +- +-$`, "m"));
  });
  it("gives each share with its interval and n", () => {
    expect(text).toMatch(/^incidents: named exactly +0 % \(0 % to 79 %\), n = 1 +n = 0$/m);
    expect(text).toMatch(/^attempts that did not count +33 % \(1 invalid, 0 not held\), n = 3 +n = 0$/m);
  });
  it("is a page too", () =>
    expect(markdown(record({ [a]: [attempt()] }))).toContain(`| ${a} | 1 | development | correct | 1 | a |`));
});
