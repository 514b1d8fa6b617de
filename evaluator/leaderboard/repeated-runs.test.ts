import { describe, expect, it, vi } from "vitest";
import { summarise } from "./summary.ts";
import { tablesOf } from "./tables.ts";
import { rowOf } from "./testing/rows.ts";
import { manyCases, naming, sampleLine, sampleResults } from "./testing/sample-results.ts";

vi.setConfig({ testTimeout: 60_000 });

const cases = manyCases(12);
const once = sampleResults(cases, {}, { repeats: 5 });
/** Right in so many of five runs of each incident. */
const drawn = (agent: string, right: number, runs = 5) =>
  cases.flatMap((record) =>
    Array.from({ length: runs }, (_, i) => {
      const { truth } = record;
      const [{ component }] = truth.incident ? truth.causes : [{ component: "a" }];
      const other = component === "a" ? "b" : "a";
      return sampleLine(agent, record, truth.incident ? naming(i < right ? component : other) : [], { repeat: i + 1 });
    }),
  );

describe("runs that were repeated", () => {
  const trials = [...once.trials, ...drawn("twice", 2), ...drawn("four times", 4), ...drawn("too few", 1, 2)];
  const provenance = { ...once.provenance, agents: ["twice", "four times", "too few"] };
  const summary = summarise({ ...once, provenance, trials });
  it("are told as any of three right, and all three", () => {
    expect(rowOf(summary, "twice").repeated?.any.value).toBeCloseTo(0.9, 9);
    expect(rowOf(summary, "twice").repeated?.all.value).toBe(0);
    expect(rowOf(summary, "four times").repeated?.all.value).toBeCloseTo(0.4, 9);
    expect(rowOf(summary, "too few").repeated).toBeNull();
  });
  it("have a table of their own, of those who were asked often enough", () => {
    const [board] = summary.boards;
    const table = board && tablesOf(board).find(({ title }) => title === "Repeated");
    expect(table?.grid.map(([, agent]) => agent).sort()).toEqual(["agent", "four times", "twice"]);
    const single = summarise(sampleResults(cases, { once: () => [] })).boards[0];
    expect(single && tablesOf(single).map(({ title }) => title)).not.toContain("Repeated");
  });
});
