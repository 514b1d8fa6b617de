import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { statistical } from "../agents/statistical.ts";
import type { Diagnosis, Stamped } from "../investigation.ts";
import { BACK, hamlet, watchTold } from "./testing/hamlet.ts";
import { hostile, skewed } from "./testing/hostilities.ts";

// A case takes a tenth of a second alone and a second on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** Every number anywhere in a value, with the way to it. */
function numbersIn(value: unknown, path = ""): (readonly [string, number])[] {
  if (typeof value === "number") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => numbersIn(one, `${path}.${key}`));
}
const diagnoses = (findings: readonly Stamped[]) =>
  findings.filter((one): one is Stamped<Diagnosis> => one.kind === "diagnosis");

/** What must hold of findings whatever was told. */
function expectHonest(findings: readonly Stamped[]): void {
  expect(numbersIn(findings).filter(([, value]) => !Number.isFinite(value))).toEqual([]);
  for (const { hypotheses, named, gaps, outcome } of diagnoses(findings)) {
    for (const { confidence, evidence } of hypotheses) {
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
      expect(evidence.length).toBeGreaterThan(0);
    }
    expect(named).toBeLessThanOrEqual(hypotheses.length);
    if (outcome === "inconclusive") expect(gaps.length).toBeGreaterThan(0);
  }
  // Never nothing: an alarm that still stands, or that all is well with what could not be seen.
  expect(findings.length).toBeGreaterThan(0);
}

test("the hamlet itself is understood: trouble is found where it is, and quiet is quiet", async () => {
  const ill = await watchTold(statistical, hamlet(1, true));
  expectHonest(ill);
  const last = diagnoses(ill).at(-1);
  expect([last?.named, last?.hypotheses[0]?.component]).toEqual([1, BACK]);
  const well = await watchTold(statistical, hamlet(1, false));
  expect(well.map((one) => one.kind)).toEqual(["learned", "all-clear"]);
});

test("hostile telemetry gives an honest answer or an honest gap, and never a number that is none", async () => {
  const told = [hamlet(2, true), hamlet(3, false)] as const;
  await fc.assert(
    fc.asyncProperty(hostile, fc.boolean(), async ({ spoil }, trouble) => {
      expectHonest(await watchTold(statistical, spoil(told[trouble ? 0 : 1])));
    }),
    { numRuns: 60, seed: 20_261_125 },
  );
});

test.each([-5, 5])("a clock that is %i minutes off is no silence, and is told", async (minutes) => {
  const told = skewed(BACK, minutes * 60_000)(hamlet(4, false), () => 0);
  const findings = await watchTold(statistical, told);
  expect(findings.map((one) => one.kind)).toEqual(["learned", "all-clear"]);
  const last = findings.at(-1);
  const gaps = last?.kind === "all-clear" ? last.gaps.join("\n") : "";
  expect(gaps).toMatch(/spans of back arrive (299|300|301) s (before they end|after they ended): its clock is off/);
});
