import { describe, expect, it } from "vitest";
import type { Evidence, Picture, Stamped } from "../../agent/investigation.ts";
import { openStore } from "../../agent/telemetry/store.ts";
import type { Truth } from "../../scenarios/scenario.ts";
import { judge, METRICS } from "../judge.ts";
import { alarm, diagnosis, sampleRun, sampleTrial, T0 } from "../testing/sample-trial.ts";
import type { Measurement, Trial } from "../trial-record.ts";

const CHANGE = "release-7";
const store = openStore();
store.change({
  id: CHANGE,
  at: T0 + 179_000,
  component: "b",
  kind: "deploy",
  summary: "release 7",
  status: "succeeded",
  arrival: T0 + 179_500,
});
/** Holds, as the change is there. */
const proof: Evidence = {
  id: "proof",
  component: "b",
  signal: "change",
  claim: "it was released",
  direction: "present",
  query: { ask: "changes", within: { from: T0, to: T0 + 180_000 }, component: "b" },
};
const truth: Truth = {
  incident: true,
  causes: [{ component: "b", cause: "cpu" }],
  trigger: CHANGE,
  mechanism: "",
  symptoms: ["a"],
  decoys: ["store"],
  remedies: { accepted: ["rollback"], rejected: [] },
};
/** a calls b, b calls the store. */
const witness: Trial["witness"] = {
  edges: [
    ["a", "b"],
    ["b", "store"],
  ],
  asOf: (at) => store.view(() => at),
};
type Said = readonly Stamped[];
const remedies = [{ kind: "rollback" }] as unknown as Picture["remedies"];
function says(component: string, extra: { trigger?: string; cures?: boolean } = {}): Stamped {
  const said = diagnosis(190, 1, [component, "cpu", 0.9]);
  const { trigger, cures = false } = extra;
  return {
    ...said,
    hypotheses: said.hypotheses.map((one) => ({ ...one, ...(trigger ? { trigger, evidence: [proof] as const } : {}) })),
    ...(cures ? { picture: { ...said.picture, remedies } } : {}),
  };
}
const perfect: Said = [alarm(190), says("b", { trigger: CHANGE, cures: true })];
/** Blames who suffers, changes its mind about it, and cries in quiet time. */
const wrong: Said = [
  alarm(100),
  { kind: "all-clear", text: "", gaps: [], at: sampleRun().startedAt + 107_500, thinking: 0 },
  { ...says("store"), at: sampleRun().startedAt + 188_000 },
  says("a"),
];
const value = (measured: Measurement | undefined): number | string =>
  measured?.kind === "value" ? Number(measured.value.toFixed(4)) : (measured?.kind ?? "not measured");
const of = (said: Said, change: Partial<Trial> = {}) => judge(sampleTrial(said, { witness, ...change }), truth);

/** Perfect, wrong, silent. */
const EXPECTED: Readonly<Record<string, readonly [number | string, number | string, number | string]>> = {
  "cause-rank": [1, "not-applicable", "not-applicable"],
  "ac-at-1": [1, 0, 0],
  "ac-at-3": [1, 0, 0],
  "ac-at-5": [1, 0, 0],
  "avg-at-5": [1, 0, 0],
  mrr: [1, 0, 0],
  "lift-at-1": [1, -0.5, -0.5],
  "exact-set": [1, 0, 0],
  "any-correct": [1, 0, 0],
  precision: [1, 0, 0],
  recall: [1, 0, 0],
  f1: [1, 0, 0],
  "ap-at-full-recall": [1, 0, 0],
  "joint-at-1": [1, 0, 0],
  "joint-exact": [1, 0, 0],
  hallucination: [0, 0, 0],
  "trigger-hit": [1, 0, 0],
  "symptom-hit": [0, 1, 0],
  "decoy-hit": [0, 0, 0],
  proximity: [1, 0.5, 0],
  remedy: [1, 0, 0],
  "claim-grounded": [1, 0, 0],
  "claim-contradicted": [0, 1, 0],
  "ttd-from-injection": [10_000, "censored", "censored"],
  "ttd-from-onset": [5_000, "censored", "censored"],
  "ttl-from-onset": [5_000, "censored", "censored"],
  flips: [0, 1, 0],
  "false-alarms": [0, 1, 0],
  // 7.5 s of the 135 s between warm-up and injection; after recovery fewer than two minutes are left.
  duty: [0, 0.0556, 0],
  thinking: [5, 5, 5],
};

describe.each(METRICS.map((metric) => [metric.name, metric] as const))("the score %s", (name, { unit, better }) => {
  const [right, bad, nothing] = EXPECTED[name] ?? [];
  it("is what it must be for who is right, wrong, or silent", () => {
    const found = [perfect, wrong, []].map((said) => value(of(said).measurements.get(name)));
    expect(found).toEqual([right, bad, nothing]);
  });
  it("has no value when the agent crashed", () =>
    expect(["missing", "not-applicable"]).toContain(
      of(perfect, { crashed: "TypeError" }).measurements.get(name)?.kind,
    ));
  it("does not prefer the wrong answer", () => {
    if (typeof right !== "number" || typeof bad !== "number") return;
    expect(better === "higher" ? right >= bad : right <= bad).toBe(true);
    if (unit === "share") expect(right).toBe(better === "higher" ? 1 : 0);
  });
  it("of a control names no cause that there is not", () => {
    const run = sampleRun({ inForceAt: null, harmAt: null });
    const kind = judge(sampleTrial([], { run, witness }), { incident: false }).measurements.get(name)?.kind;
    expect(["not-applicable", "value"]).toContain(kind);
  });
});

describe("ties", () => {
  const tied = (...names: readonly string[]): Said => [
    diagnosis(190, 1, ...names.map((name) => [name, "cpu", 0.5] as const)),
  ];
  const measured = (said: Said, name: string) => value(of(said).measurements.get(name));
  it("of one true cause among four have the expectation of any order", () => {
    const said = tied("a", "store", "b", "c");
    expect([measured(said, "ac-at-1"), measured(said, "ac-at-3"), measured(said, "mrr")]).toEqual([0.25, 0.75, 0.5208]);
    expect(measured(tied("b", "c", "a", "store"), "mrr")).toBe(0.5208);
  });
  it("share the blame of a victim and of a decoy, and how near it fell", () => {
    const said = tied("a", "store");
    expect([measured(said, "symptom-hit"), measured(said, "decoy-hit"), measured(said, "proximity")]).toEqual([
      0.5, 0.5, 0.5,
    ]);
  });
});

describe("names and classes", () => {
  const said = (named: number, ...names: readonly (readonly [string, "cpu" | "memory"])[]) =>
    of([diagnosis(190, named, ...names.map(([name, cause], i) => [name, cause, 0.9 - i / 10] as const))]).measurements;
  it("that are in nothing recorded are invented; an edge is known by its ends", () => {
    expect(
      value(said(1, ["b", "cpu"], ["a->b", "cpu"], ["frontend", "cpu"], ["b->nobody", "cpu"]).get("hallucination")),
    ).toBe(0.5);
    expect(value(said(1, ["B ", "cpu"]).get("hallucination"))).toBe(0);
  });
  it("must both be right, and nothing more be said", () => {
    expect(value(said(1, ["b", "cpu"]).get("joint-exact"))).toBe(1);
    expect(value(said(1, ["b", "memory"]).get("joint-exact"))).toBe(0);
    expect(value(said(2, ["b", "cpu"], ["a", "cpu"]).get("joint-exact"))).toBe(0);
  });
});

describe("two causes", () => {
  const two: Truth = { ...truth, causes: [...truth.causes, { component: "a->b", cause: "network-latency" }] };
  const measured = (named: number, names: readonly string[], metric: string) =>
    value(
      judge(
        sampleTrial([diagnosis(190, named, ...names.map((name, i) => [name, "cpu", 0.9 - i / 10] as const))]),
        two,
      ).measurements.get(metric),
    );
  it("are half found by one", () =>
    expect(["exact-set", "any-correct", "precision", "recall", "f1"].map((name) => measured(1, ["b"], name))).toEqual([
      0, 1, 1, 0.5, 0.6667,
    ]));
  it("are not both found by two names that fit the same", () => {
    expect(measured(2, ["b", "c"], "precision")).toBe(0.5);
    expect(measured(2, ["b", "a->b"], "recall")).toBe(1);
    expect(measured(3, ["b", "a->b", "c"], "exact-set")).toBe(0);
    expect(measured(3, ["b", "a->b", "c"], "ap-at-full-recall")).toBeCloseTo(2 / 3, 3);
    expect(measured(1, ["b"], "ap-at-full-recall")).toBe(0);
  });
});
