import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Agent } from "../../agent/agent.ts";
import loudest from "../../agent/agents/loudest.ts";
import statistical from "../../agent/agents/statistical.ts";
import { seeded } from "../../generator/phase.ts";
import { casesOf, openCase } from "../case.ts";
import { naming, sampleCase, sampleLine } from "../leaderboard/testing/sample-results.ts";
import { diagnosis, incident } from "../testing/sample-trial.ts";
import { nameOnly, probed } from "./name-only.ts";
import { derangement, permuted } from "./permuted.ts";
import { sameWhateverTheTruth } from "./swapped-truth.ts";

describe("truths exchanged among cases", () => {
  it("leave none in its place", () => {
    const random = seeded(3);
    for (let n = 2; n < 12; n++) {
      const order = derangement(n, random);
      expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      expect(order.filter((to, from) => to === from)).toEqual([]);
    }
  });
  it("are drawn evenly: both derangements of three", () => {
    const random = seeded(5);
    const turns = Array.from({ length: 2_000 }, () => derangement(3, random)[0]).filter((to) => to === 1).length;
    expect(turns).toBeGreaterThan(900);
    expect(turns).toBeLessThan(1_100);
  });
  it("are worth less to who really knows", () => {
    const cases = ["a", "b", "store", "c"].map((cause, i) => sampleCase(`k${i}`, cause));
    const answers = cases.map((record) => {
      const cause = record.truth.incident ? record.truth.causes[0].component : "";
      return { record, line: sampleLine("x", record, naming(cause)) };
    });
    expect(permuted(answers, seeded(1))).toEqual({ n: 4, real: 1, mean: 0, upper: 0, above: true });
    expect(permuted(answers.slice(0, 1), seeded(1))).toBeNull();
  });
});

describe("the probe by names alone", () => {
  it("learns from other clusters only", () => {
    const named = (id: string, cause: string, cluster: string) =>
      sampleCase(id, cause, { cluster, files: [`${cause}.gz`] });
    const all = [named("w", "a", "k1"), named("x", "a", "k1"), named("y", "b", "k2"), named("z", "b", "k3")];
    const first = (id: string) =>
      nameOnly(all.find((one) => one.id === id) ?? sampleCase("none", "a"), all).answer.ranked[0];
    // Only its own cluster has seen the file of "w" go with "a".
    expect(first("w")).not.toEqual(["a"]);
    expect(first("y")).toEqual(["b"]);
  });
  it("fails a set only when it is right far beyond the better of chance and prior", () => {
    // P(X >= 8 | 10, 1/3) = 0.0034, P(X >= 7) = 0.0197, by the binomial distribution.
    const right = (hits: number): number[] => Array.from({ length: 10 }, (_, i) => (i < hits ? 1 : 0));
    expect(probed(right(8), 1 / 3)).toMatchObject({ n: 10, right: 8, p: expect.closeTo(0.0034, 4), well: false });
    expect(probed(right(7), 1 / 3)).toMatchObject({ p: expect.closeTo(0.0197, 4), well: true });
    expect(probed([], 0)).toMatchObject({ p: null, well: true });
  });
});

describe("another truth beside the same recording", { timeout: 120_000 }, () => {
  const opened = casesOf(join(import.meta.dirname, "..", "..", "reports", "example")).then(([first = ""]) =>
    openCase(first),
  );
  const same = async (agent: Agent): Promise<boolean> => {
    const open = await opened;
    const { run } = open.sealed;
    const other = { run: { ...run, seed: 99, harmAt: run.startedAt + 60_000 }, truth: incident("store", "disk") };
    return sameWhateverTheTruth(open, other, agent, new AbortController().signal);
  };
  it("changes not a byte of what our agents say", async () => {
    expect(await same(statistical)).toBe(true);
    expect(await same(loudest)).toBe(true);
  });
  it("is seen to change something by an agent that says something else each time", async () => {
    let times = 0;
    const fickle: Agent = {
      name: "fickle",
      async *investigate(_brief, _telemetry, ticks) {
        times += 1;
        for await (const now of ticks) if (now % 60_000 < 1_000) yield diagnosis(190, 1, ["a", "cpu", times / 10]);
      },
    };
    expect(await same(fickle)).toBe(false);
  });
});
