import { describe, expect, it } from "vitest";
import { SUITES } from "../../scenarios/suites.ts";
import { planOf, requireSame, seedsOf } from "./plan.ts";
import { record } from "./testing/samples.ts";

describe("what is asked for", () => {
  it("is a suite's scenarios under its name, or chosen ones, each once", () => {
    expect(planOf(["smoke"], [1])).toMatchObject({ name: "smoke", scenarios: SUITES["smoke"] });
    expect(planOf(["b", "a", "b"], [1]).scenarios).toEqual(["b", "a"]);
    expect(planOf(["a", "smoke"], [1]).name).toBe("chosen");
    expect(planOf(["all"], [1])).toMatchObject({ name: "all", scenarios: SUITES["all"] });
  });
  it("has a drill for each scenario and seed", () => expect(planOf(["a", "b"], [1, 2]).drills).toHaveLength(4));
  it("names seeds as whole numbers, each once", () => {
    expect([seedsOf("1"), seedsOf("3, 1")]).toEqual([[1], [3, 1]]);
    for (const text of ["", "x", "1,,2", "-1", "1.5", "1,1"]) expect(() => seedsOf(text), text).toThrow(/--seeds/);
  });
});

describe("an interrupted suite", () => {
  const begun = record({ a: [], b: [] });
  const same = { agent: "statistical", otlp: "http" };
  const asked = planOf(["a", "b"], [1]);
  it("goes on when it is asked for as it was begun", () => expect(() => requireSame(begun, asked, same)).not.toThrow());
  it("does not with other scenarios, seeds, agent or transport: its figures would mix", () => {
    expect(() => requireSame(begun, planOf(["a"], [1]), same)).toThrow(/begun otherwise/);
    expect(() => requireSame(begun, planOf(["a", "b"], [2]), same)).toThrow(/begun otherwise/);
    expect(() => requireSame(begun, asked, { ...same, agent: "other" })).toThrow(/begun otherwise/);
    expect(() => requireSame(begun, asked, { ...same, otlp: "grpc" })).toThrow(/begun otherwise/);
  });
});
