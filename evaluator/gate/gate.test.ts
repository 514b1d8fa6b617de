import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type AcceptedRuns, type AcceptedScores, type CaseScore, readAccepted, writeAccepted } from "./accepted.ts";
import { compare } from "./exact.ts";
import { RULES } from "./rules.ts";
import { inOneLine, junit, markdown, told } from "./told.ts";
import { EXIT, type GateResult, type Hard, judgeGate } from "./verdict.ts";

const right: CaseScore = { cluster: "c1", state: "correct", exact_set: 1, ttd_ms: 12_000, false_alarms: 0 };
const wrong: CaseScore = { ...right, state: "wrong", exact_set: 0 };
const well: Hard = { oracle: 1, silent: 0, leaks: 0, accusations: [], allowed: 0, invalid: [] };
const before = { cases: { a: right, b: right, c: wrong } };
const titles = { a: "java-heap-leak, seed 1", b: "baseline, seed 1", c: "store-lock, seed 2" };
const named = { a: ["store"], b: [], c: ["store"] };

function gate(now: Readonly<Record<string, CaseScore>>, hard: Hard = well): GateResult {
  const comparison = compare(now, before);
  const judged = judgeGate(comparison, hard, titles, named);
  const rest = { looked: null, notes: ["one note"], titles, named, wallMs: 30_000, replayedMs: 3_600_000 };
  return { ...judged, comparison, agent: "statistical", now, ...rest };
}

describe("the exact gate", () => {
  it("is green when nothing changed", () => {
    const same = gate(before.cases);
    expect(same).toMatchObject({ outcome: "pass", reasons: [], comparison: { same: 3 } });
    expect(EXIT[same.outcome]).toBe(0);
  });
  it("is red when one case is lost, whatever was won, and names it", () => {
    const result = gate({ a: wrong, b: right, c: right });
    expect(result.outcome).toBe("fail");
    expect(EXIT[result.outcome]).toBe(99);
    expect(result.reasons).toEqual([{ rule: "lost", text: "java-heap-leak, seed 1: now says store", case: "a" }]);
    expect(inOneLine(result)).toBe(
      "lost 1: java-heap-leak, seed 1, now says store; won 1: store-lock, seed 2, now says store; 1 others unchanged",
    );
  });
  it("is red for a new false alarm on a case that is still right", () =>
    expect(gate({ ...before.cases, b: { ...right, false_alarms: 1 } }).outcome).toBe("fail"));
  it("says how much later it detects", () =>
    expect(
      inOneLine(gate({ ...before.cases, a: { ...right, ttd_ms: 15_000 }, b: { ...right, ttd_ms: 12_000 } })),
    ).toContain("TTD +1.0 s"));
  it("fails closed on a case that is missing", () =>
    expect(gate({ a: right, b: right })).toMatchObject({ outcome: "fail", comparison: { missing: ["c"] } }));
  it("does not pass what was never accepted", () => {
    expect(gate({ ...before.cases, d: right }).outcome).toBe("inconclusive");
    expect(EXIT.inconclusive).toBe(4);
  });
  it("does not pass when there is nothing to compare", () => {
    const nothing = compare({}, { cases: {} });
    expect(judgeGate(nothing, well, {}, {}).outcome).toBe("inconclusive");
  });
  it.each([
    ["an oracle below 1", { oracle: 0.9 }],
    ["a silent agent above 0", { silent: 0.1 }],
    ["a leak", { leaks: 1 }],
    ["an accusation on a control", { accusations: ["b"] }],
    ["a recording that does not count", { invalid: ["a"] }],
  ])("is red for %s, though no case is lost", (_, change) =>
    expect(gate(before.cases, { ...well, ...change }).outcome).toBe("fail"),
  );
});

describe("its views", () => {
  const red = gate({ a: wrong, b: right, c: right });
  it("say the same in text, summary and JUnit", () => {
    for (const view of [told(red), markdown(red)]) {
      expect(view).toContain("FAIL");
      expect(view).toContain("java-heap-leak, seed 1");
      expect(view).toContain("120 x real time");
      expect(view).toContain("one note");
    }
    expect(junit(red)).toContain('tests="3" failures="1"');
    expect(junit(red)).toContain('<failure type="lost">named: store</failure>');
  });
  it("escape what agents say", () => {
    const said = { ...red, named: { ...named, a: ['<script>"&'] } };
    expect(junit(said)).not.toContain("<script>");
  });
});

describe("accepted results", () => {
  const accepted: AcceptedScores = {
    schemaVersion: 1,
    firedrill: "0.1.0",
    createdAt: "2026-11-25T00:00:00Z",
    reason: "first",
    corpus: { sha256: "00", cases: 3 },
    agent: { name: "statistical", deterministic: true },
    cases: before.cases,
  };
  it("are written a case a line and read back", async () => {
    const directory = await mkdtemp(join(tmpdir(), "accepted-"));
    const file = join(directory, "accepted.json");
    await writeAccepted(file, accepted);
    expect(await readAccepted(file)).toEqual(accepted);
    expect((await readFile(file, "utf8")).split("\n").filter((line) => line.includes("cluster"))).toHaveLength(3);
    await writeFile(file, "{");
    await expect(readAccepted(file)).rejects.toMatchObject({ exitCode: 2 });
    await rm(directory, { recursive: true });
  });
  it("of an agent that answers by chance hold several runs a case, and the rules, a case a line", async () => {
    const directory = await mkdtemp(join(tmpdir(), "accepted-"));
    const file = join(directory, "accepted.json");
    const { cluster, ...score } = right;
    const runs = [1, 2, 3, 4, 5].map((repeat) => ({ repeat, ...score }));
    const { agent, cases: _, schemaVersion: __, ...head } = accepted;
    const often: AcceptedRuns = {
      schemaVersion: 2,
      ...head,
      agent: { ...agent, deterministic: false, commit: "ab12cd3" },
      gate: RULES,
      cases: { b: { cluster, runs }, a: { cluster, runs } },
    };
    await writeAccepted(file, often);
    expect(await readAccepted(file)).toEqual(often);
    expect((await readFile(file, "utf8")).split("\n").filter((line) => line.includes("cluster"))).toHaveLength(2);
    await writeAccepted(file, { ...often, gate: { ...RULES, looks: [3, 1] } });
    await expect(readAccepted(file)).rejects.toThrow(/looks must rise/);
    await rm(directory, { recursive: true });
  });
  it("are asked for when there are none", () =>
    expect(readAccepted("/nonexistent/accepted.json")).rejects.toMatchObject({ exitCode: 2 }));
});
