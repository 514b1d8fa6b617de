import { describe, expect, it, vi } from "vitest";
import { alarm, sampleRun } from "../testing/sample-trial.ts";
import { summarise } from "./summary.ts";
import { exactOf, rowOf } from "./testing/rows.ts";
import { manyCases, naming, sampleCase, sampleLine, sampleResults } from "./testing/sample-results.ts";

// A busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Says = Parameters<typeof sampleResults>[1][string];
const right: Says = ({ truth }) => (truth.incident ? naming(truth.causes[0].component) : []);
const always: Says = () => naming("a");
const cases = manyCases(12);

describe("a leaderboard", () => {
  const summary = summarise(sampleResults(cases, { good: right, constant: always }));
  it("has the agents first and all reference rows", () => {
    const [board] = summary.boards;
    expect(board?.rows.map(({ agent }) => agent).slice(0, 2)).toEqual(["good", "constant"]);
    expect(board?.rows.map(({ agent }) => agent)).toEqual(
      expect.arrayContaining([
        "oracle",
        "silent",
        "chance",
        "prior, other cases",
        "prior, other clusters",
        "name-only",
      ]),
    );
    expect(board).toMatchObject({ part: "development", incidents: 12, controls: 3, clusters: 15 });
  });
  it("gives who knows the truth 1, who says nothing 0, and finds no fault", () => {
    expect([exactOf(summary, "oracle"), exactOf(summary, "silent")]).toEqual([1, 0]);
    expect(summary.faults).toEqual([]);
  });
  it("gives chance what a blind draw gets: one of three components", () => {
    const { scores } = rowOf(summary, "chance");
    expect(scores["ac-at-1"]?.value).toBeCloseTo(1 / 3, 10);
    expect(scores["ac-at-3"]?.value).toBeCloseTo(1, 10);
    expect(scores["mrr"]?.value).toBeCloseTo((1 + 1 / 2 + 1 / 3) / 3, 10);
    expect(scores["joint-at-1"]?.value).toBeCloseTo(1 / 3 / 19, 10);
    expect(scores["exact-set"]?.value).toBe(0);
  });
  it("ranks apart what can be told apart", () =>
    expect([rowOf(summary, "good").rank, rowOf(summary, "constant").rank]).toEqual([1, 2]));
  it("counts an accusation of a control against an agent", () => {
    expect(rowOf(summary, "good").abstain.value).toBe(1);
    expect(rowOf(summary, "constant").abstain.value).toBe(0);
    expect(rowOf(summary, "good").confidence.net.value).toBe(1);
    expect(rowOf(summary, "constant").confidence.net.value).toBeCloseTo((4 - 11) / 15, 10);
  });
  it("tells how soon, and that none was cried in vain", () => {
    const { detection, alarms } = rowOf(summary, "good");
    expect(detection).toMatchObject({ n: 12, detected: 1, early: 0, median: { value: 5_000 }, tau: 65_000 });
    expect(rowOf(summary, "silent").detection).toMatchObject({ detected: 0, median: { value: null } });
    expect(rowOf(summary, "silent").detection.restricted.value).toBe(65_000);
    // 135 s before each of 12 incidents, 255 s of each of 3 controls.
    expect(alarms).toMatchObject({ count: 0, perHour: 0, low: 0 });
    expect(alarms.hours).toBeCloseTo((12 * 135 + 3 * 255) / 3_600, 10);
    expect(alarms.high).toBeCloseTo(3.689 / alarms.hours, 2);
  });
  it("shows that the answers fit these cases and not just the set", () => {
    const [board] = summary.boards;
    expect(board?.permuted["good"]).toMatchObject({ real: 1, above: true });
    expect(board?.permuted["constant"]?.above).toBe(false);
  });
});

describe("parts of a corpus", () => {
  it("are never added up", () => {
    const both = [...manyCases(4), ...manyCases(3, "held-out")];
    const { boards } = summarise(sampleResults(both, { x: right }));
    expect(boards.map(({ part, incidents }) => [part, incidents])).toEqual([
      ["development", 4],
      ["held-out", 3],
    ]);
  });
  it("leave out recordings that do not count, and say which", () => {
    const broken = sampleCase("z", "a", { run: sampleRun({ case: "z", scenario: "dud", harmAt: null }) });
    const [board] = summarise(sampleResults([...cases, broken], { x: right })).boards;
    expect(board).toMatchObject({ incidents: 12, invalid: [{ title: "dud, seed 1" }] });
    expect(board?.rows[0]?.scores["exact-set"]?.n).toBe(12);
    expect(board?.matrix.find(({ title }) => title.startsWith("dud"))?.states["x"]).toBe("invalid");
  });
});

describe("an agent that breaks", () => {
  it("gets the worst of every share, and is not left out", () => {
    const results = sampleResults(cases, { x: right });
    const crashed = cases.map((record) => sampleLine("crasher", record, [alarm(190)], { crashed: "TypeError" }));
    const row = rowOf(summarise({ ...results, trials: [...results.trials, ...crashed] }), "crasher");
    expect(row.states["agent-error"]).toBe(15);
    expect(row.scores["exact-set"]).toMatchObject({ value: 0, n: 12 });
    expect(row.scores["decoy-hit"]?.n).toBe(0);
    expect(row.detection.detected).toBe(0);
    expect([row.abstain.value, row.quiet.value]).toEqual([0, 0]);
    expect(row.alarms.perHour).toBeNull();
  });
});

describe("a broken harness", () => {
  it("is seen by who knows the truth", () => {
    const results = sampleResults(cases, { x: right });
    const spoilt = results.trials.map((line) =>
      line.agent === "oracle" && line.case === "development-i0"
        ? {
            ...line,
            measurements: { ...line.measurements, mrr: { kind: "value", value: 0.5, unit: "share" } as const },
          }
        : line,
    );
    expect(summarise({ ...results, trials: spoilt }).faults).toEqual([
      { rule: "oracle", text: "oracle on scenario-development-i0, seed 1: mrr is 0.5" },
    ]);
  });
  it("is seen in a set whose names tell the answer", () => {
    const causes = ["a", "b", "store"];
    const told = Array.from({ length: 12 }, (_, i) => {
      const cause = causes[i % 3] ?? "a";
      return sampleCase(`t${i}`, cause, { files: [`${cause}.gz`, `${cause}.arrivals`, `${cause}.jsonl`] });
    });
    const { faults, boards } = summarise(sampleResults(told, { x: right }));
    expect(boards[0]?.names).toMatchObject({ n: 12, right: 12, well: false });
    expect(faults.map(({ rule }) => rule)).toEqual(["names"]);
  });
});
