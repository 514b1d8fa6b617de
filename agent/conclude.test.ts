import { expect, test } from "vitest";
import { conclude } from "./conclude.ts";
import type { Diagnosis, Hypothesis, Stamped } from "./investigation.ts";

const hypothesis = { component: "a", cause: "cpu", confidence: 0.9 } as Hypothesis;
const said = (at: number, outcome: Diagnosis["outcome"], hypotheses: readonly Hypothesis[]): Stamped =>
  ({ kind: "diagnosis", outcome, hypotheses, named: outcome === "incident" ? 1 : 0, picture: {}, gaps: [`at ${at}`], at, thinking: 1 }) as unknown as Stamped; // biome-ignore format: one shape
const alarm = (at: number) => ({ kind: "alarm", component: "a", text: "", evidence: [], at, thinking: 1 }) as Stamped;
const clear = (at: number) => ({ kind: "all-clear", text: "", gaps: ["short"], at, thinking: 1 }) as Stamped;

test("silence is nothing said, a calm watch is an all-clear with its gaps", () => {
  expect(conclude([])).toEqual({ outcome: "nothing-said", hypotheses: [], named: 0, gaps: [] });
  expect(conclude([clear(5)])).toMatchObject({ outcome: "all-clear", gaps: ["short"] });
});

test("the last diagnosis wins, the first alarm counts, an all-clear does not withdraw", () => {
  const told = conclude([alarm(1), said(1, "inconclusive", []), alarm(2), said(3, "incident", [hypothesis]), clear(9)]);
  expect(told).toMatchObject({ outcome: "incident", named: 1, raisedAt: 1, concludedAt: 3, gaps: ["at 3"] });
  expect(told.hypotheses).toEqual([hypothesis]);
});
