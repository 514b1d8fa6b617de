import { expect, it } from "vitest";
import type { FaultClass } from "../../agent/investigation.ts";
import { type LintCase, lint } from "./lint.ts";

const CLASSES: readonly FaultClass[] = ["cpu", "memory", "disk", "dns", "tls", "config", "network-loss", "slow-code"];
const NAMES = ["a", "b", "c", "d", "e", "f", "g", "h"];
const incidentAt = (i: number, change: Partial<LintCase> = {}): LintCase => ({
  causes: [{ component: NAMES[i % 8] ?? "", cause: CLASSES[(i + Math.floor(i / 8)) % 8] ?? "cpu" }],
  lasted: 300_000 + i * 1_000,
  began: 0.4,
  ...change,
});
const control: LintCase = { causes: [], lasted: 305_000, began: null };
/** 16 incidents, one of them with two causes, and four controls. */
const pair = [...incidentAt(0).causes, ...incidentAt(1).causes];
const balanced = [
  ...Array.from({ length: 16 }, (_, i) => incidentAt(i, i === 0 ? { causes: pair } : {})),
  ...Array.from({ length: 4 }, () => control),
];
const broken = (cases: readonly LintCase[]): string[] => lint(cases).flatMap(({ rule, kept }) => (kept ? [] : [rule]));

it("finds nothing in a balanced corpus", () => expect(broken(balanced)).toEqual([]));

const first = (n: number, change: Partial<LintCase>): LintCase[] =>
  balanced.map((one, i) => (i < n ? { ...one, ...change } : one));
/** The loudest component is not the cause in so many of the 16 incidents. */
const heard = (count: number): LintCase[] => balanced.map((one, i) => (i < 16 ? { ...one, loudest: i >= count } : one));
const CASES: readonly (readonly [string, readonly LintCase[], readonly string[]])[] = [
  [
    "a component that is the cause too often",
    balanced.map((one, i) =>
      i > 0 && i < 5 ? { ...one, causes: one.causes.map(({ cause }) => ({ component: "x", cause })) } : one,
    ),
    [],
  ],
  [
    "one more of it",
    balanced.map((one, i) =>
      i > 0 && i < 6 ? { ...one, causes: one.causes.map(({ cause }) => ({ component: "x", cause })) } : one,
    ),
    ["no component in too many incidents"],
  ],
  [
    "a class that is right too often",
    balanced.map((one, i) =>
      i > 0 && i < 5
        ? { ...one, causes: one.causes.map(({ component }) => ({ component, cause: "unavailable" as const })) }
        : one,
    ),
    ["no fault class in too many incidents"],
  ],
  ["no controls", balanced.slice(0, 16), ["controls"]],
  ["an onset that is always early", first(1, { began: 0.2 }), ["an incident begins in the middle of its recording"]],
  [
    "controls that are shorter",
    [...balanced.slice(0, 19), { ...control, lasted: 60_000 }],
    ["controls are as long as incidents"],
  ],
  ["a loudest component that is the cause in three of four incidents", heard(4), []],
  ["one that is the cause more often", heard(3), ["the loudest component is not always the cause"]],
  ["never two causes", first(1, { causes: incidentAt(0).causes }), ["some incidents have two causes"]],
];
for (const [what, cases, rules] of CASES)
  it(`${what}: ${rules.length === 0 ? "allowed" : "found"}`, () => expect(broken(cases)).toEqual(rules));

it("asks no rule about classes of a set that tells none", () => {
  const untold = balanced.map((one) => ({
    ...one,
    causes: one.causes.map(({ component }) => ({ component, cause: "unknown" as const })),
  }));
  expect(lint(untold).filter(({ rule }) => rule.includes("class"))).toEqual([]);
});
