import { describe, expect, it } from "vitest";
import type { Results } from "./results.ts";
import { joined, shardFrom, shardOf } from "./shards.ts";
import { manyCases, naming, sampleProvenance, sampleResults } from "./testing/sample-results.ts";

const cases = manyCases(8);
const whole = sampleResults(cases, { x: () => naming("a") });
const part = (index: number, of = 2, change: Partial<Results["provenance"]> = {}): Results => ({
  provenance: { ...sampleProvenance(cases.length), shard: { index, of }, ...change },
  cases: cases.filter(({ id }) => shardOf(id, of) === index),
  trials: whole.trials.filter((line) => shardOf(line.case, of) === index),
});

describe("shards", () => {
  it("are told as which of how many", () => {
    expect(shardFrom("2/6")).toEqual({ index: 2, of: 6 });
    for (const wrong of ["0/2", "3/2", "1", "1/0", "a/b"]) expect(() => shardFrom(wrong)).toThrow(/--shard is/);
  });
  it("hold every case once, whatever else is in the corpus", () => {
    for (const of of [1, 2, 5])
      for (const { id } of cases) {
        expect(shardOf(id, of)).toBeGreaterThanOrEqual(1);
        expect(shardOf(id, of)).toBeLessThanOrEqual(of);
      }
    // sha256("abc") begins with ba7816bf = 3128432319.
    expect(shardOf("abc", 1_000)).toBe(320);
  });
  it("come together to the whole", () => {
    const { provenance, cases: all, trials } = joined([part(2), part(1)]);
    expect(provenance).toMatchObject({ shard: null, wallMs: 120_000 });
    expect(new Set(all)).toEqual(new Set(cases));
    expect(trials).toHaveLength(whole.trials.length);
  });
  it.each<[string, readonly Results[], RegExp]>([
    ["none", [], /nothing to merge/],
    ["a missing one", [part(1)], /shard 2 of 2 is missing/],
    ["one that is there twice", [part(1), part(1), part(2)], /shard 1 of 2 is there twice/],
    ["another agent", [part(1), part(2, 2, { agents: ["y"] })], /differ in agents/],
    ["another commit", [part(1), part(2, 2, { commit: "1234567" })], /differ in commit/],
    ["another corpus", [part(1), part(2, 2, { corpus: { sha256: "dead", cases: 10 } })], /differ in corpus/],
    ["an unfinished one", [part(1), part(2, 2, { endedAt: null })], /shard 2 of 2 is unfinished/],
    ["shards of another split", [part(1), part(2, 3)], /not shards of one split/],
    ["what is no shard", [whole], /not shards of one split/],
    ["too few cases", [part(1), { ...part(2), cases: [] }], /are in the corpus/],
  ])("refuse %s", (_, shards, why) => {
    expect(() => joined(shards)).toThrow(why);
  });
});
