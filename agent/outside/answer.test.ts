import { describe, expect, it } from "vitest";
import type { Page } from "../paged.ts";
import { ANSWER_SCHEMA, diagnosisOf, readAnswer } from "./answer.ts";

const page: Page = {
  alarm: { kind: "alarm", component: "front", text: "", evidence: [] },
  raisedAt: 100_000,
  ranking: undefined,
};
const diagnosed = (answer: unknown) => diagnosisOf(readAnswer(JSON.stringify(answer), "command"), page, 145_000);
const one = { component: "stock", confidence: 0.8 };

describe("an answer", () => {
  it("becomes a diagnosis", () => {
    const evidence = ["41 % fail", { claim: "release 2", signal: "change" }];
    expect(
      diagnosed({ hypotheses: [{ ...one, cause: "bad-deploy", evidence }], named: 1, gaps: ["no logs"] }),
    ).toMatchObject({
      outcome: "incident",
      named: 1,
      gaps: ["no logs"],
      hypotheses: [
        {
          component: "stock",
          cause: "bad-deploy",
          confidence: 0.8,
          evidence: [
            { claim: "41 % fail", query: { ask: "spans", component: "stock", within: { from: 40_000, to: 145_000 } } },
            { claim: "release 2", signal: "change", query: { ask: "changes" } },
          ],
        },
      ],
    });
  });
  it("may be short: the cause is then unknown, and that there is no evidence is said", () => {
    const { hypotheses } = diagnosed({ hypotheses: [one], named: 1 });
    expect(hypotheses).toMatchObject([{ cause: "unknown", evidence: [{ claim: "no evidence was given" }] }]);
  });
  it("that names nothing is inconclusive", () => {
    expect(diagnosed({ hypotheses: [one], named: 0 })).toMatchObject({ outcome: "inconclusive", named: 0 });
    expect(diagnosed({ hypotheses: [], named: 0 }).hypotheses).toEqual([]);
  });
  it.each([
    ["nothing", "", /wrote nothing/],
    ["chatter", "I think it was the store", /not one JSON document: it begins with "I think/],
    ["two documents", '{"a":1}\n{"b":2}', /not one JSON document/],
    ["no object", "[]", /expected object/i],
    ["a component that is missing", '{"hypotheses":[{"confidence":1}],"named":1}', /hypotheses\.0\.component/],
    ["a confidence above 1", JSON.stringify({ hypotheses: [{ ...one, confidence: 80 }], named: 1 }), /confidence/],
    [
      "a cause that is not on the list",
      JSON.stringify({ hypotheses: [{ ...one, cause: "gremlins" }], named: 1 }),
      /cause/,
    ],
    ["more names than hypotheses", JSON.stringify({ hypotheses: [one], named: 2 }), /named: more are named/],
    ["a worse one first", JSON.stringify({ hypotheses: [one, { ...one, confidence: 0.9 }], named: 1 }), /best first/],
    ["another version", JSON.stringify({ schema: 2, hypotheses: [], named: 0 }), /schema/],
  ])("of %s is refused, in one line", (_, said, why) => {
    expect(() => readAnswer(said, "command")).toThrow(why);
    expect(() => readAnswer(said, "command")).not.toThrow(/\n/);
  });
  it("is described by a JSON schema", () => {
    expect(ANSWER_SCHEMA).toMatchObject({ required: ["hypotheses", "named"] });
  });
});
