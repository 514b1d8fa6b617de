import { expect, test } from "vitest";
import { type BlastRadius, type Evidence, FAULT_CLASSES, type FaultClass, type Hypothesis } from "../investigation.ts";
import { CURES } from "./cures.ts";
import { remedies } from "./remedies.ts";

const evidence: Evidence = {
  id: "e", component: "a", signal: "pool", claim: "workers busy: 16 of 16", direction: "up", value: 16, normal: 1, query: { ask: "spans" },
}; // biome-ignore format: one shape
const named = (cause: FaultClass, confidence = 0.9, component = "a", trigger?: string): Hypothesis => ({
  component, cause, confidence, sentence: "", evidence: [{ ...evidence, id: "p", claim: "something is seen", value: undefined } as unknown as Evidence, evidence], against: [], ...(trigger ? { trigger } : {}),
}); // biome-ignore format: one shape
const radius: BlastRadius = {
  affected: [], bystanders: [], lost: 100, lostPerMinute: 100, share: 0.1,
  routes: [{ component: "a", route: "GET /", requests: 500, lost: 75, share: 0.15 }, { component: "a", route: "POST /pay", requests: 100, lost: 25, share: 0.25 }],
}; // biome-ignore format: one shape

test("confidence x lost requests a minute x effect ranks them; what comes later stands last", () => {
  const found = remedies([named("pool-exhaustion")], radius);
  expect(found.map((one) => [one.kind, one.when, Math.round(one.value)])).toEqual([
    ["raise-pool", "now", 54],
    ["shed-load", "now", 45],
    ["fix", "later", 18],
  ]);
  expect(found.every((one) => one.recovers === evidence)).toBe(true);
});

test("the remedies of two causes are ranked together", () => {
  const found = remedies([named("pool-exhaustion", 0.6), named("network-latency", 0.9, "a->b")], radius);
  const kinds = found.filter((one) => one.when === "now").map((one) => one.kind);
  expect(kinds).toEqual(["repair-path", "move", "raise-pool", "shed-load"]);
});

test("a change to blame is taken back first", () => {
  const [first] = remedies([named("slow-code", 0.9, "a", "release-7")], radius);
  expect(first).toMatchObject({ kind: "rollback", advice: "act", text: "Take back the change release-7 of a" });
  expect(first?.value).toBeCloseTo(81);
});

test("a change to blame is named as it was announced, the last one of several", () => {
  const change = (claim: string): Evidence => ({ ...evidence, id: claim, signal: "change", claim });
  const blamed = named("slow-code", 0.9, "a", "release-7");
  const [first] = remedies(
    [{ ...blamed, evidence: [...blamed.evidence, change("deploy of a: 1.1"), change("deploy of a: 1.2")] }],
    radius,
  );
  expect(first).toMatchObject({ text: "Take back the deploy of a: 1.2" });
  expect(first?.steps[0]).toBe("Roll the change release-7 back.");
});

test("an edge is repaired, with both its ends named", () => {
  const [first] = remedies([named("network-latency", 0.7, "a->b")], radius);
  expect(first).toMatchObject({ kind: "repair-path", advice: "verify first", text: "Repair the way a -> b" });
});

test("an operator's weights change what a lost request is worth", () => {
  const pay = (_: string, route: string) => (route === "POST /pay" ? 10 : 1);
  const [first] = remedies([named("pool-exhaustion")], radius, pay);
  expect(first?.value).toBeCloseTo(0.9 * (75 + 250) * 0.6);
});

test("nothing named, nothing proposed; every cause has a cure and no placeholder is left", () => {
  expect(remedies([], radius)).toEqual([]);
  for (const cause of FAULT_CLASSES) {
    expect(CURES[cause].some((cure) => cure.when === "now")).toBe(true);
    for (const one of remedies([named(cause, 0.9, "a->b")], radius))
      expect(one.text + one.steps.join()).not.toContain("$");
  }
});
