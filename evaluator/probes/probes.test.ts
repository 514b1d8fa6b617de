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
import { pseudonymsOf } from "./pseudonyms.ts";
import { differencesOf, renamed } from "./renamed.ts";
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
  it("come from the same system alone, and who has nobody to exchange with is left out", () => {
    // Two systems: their names never fit each other's truths, so that exchanges across would be worth nothing.
    const system = (components: readonly string[], causes: readonly string[]) =>
      causes.map((cause) => {
        const { run, ...rest } = sampleCase(`${components[0]}-${cause}-${Math.random()}`, cause);
        const record = { ...rest, run: { ...run, components } };
        return { record, line: sampleLine("x", record, naming(components[0] ?? "")) };
      });
    const [first, second] = [system(["a", "b"], ["a", "a", "b"]), system(["p", "q"], ["p", "q"])];
    // Constant answers: in the first two of three are right however truths are exchanged, in the second one of two.
    const both = permuted([...first, ...second, ...system(["z"], ["z"])], seeded(1));
    expect(both).toEqual({
      n: 5,
      real: 0.6,
      mean: expect.closeTo(0.6, 9),
      upper: expect.closeTo(0.6, 9),
      above: false,
    });
  });
  it("leave the repeats of a case together: no repeat is judged by its own truth", () => {
    const answers = ["a", "b"].flatMap((cause, i) => {
      const record = sampleCase(`k${i}`, cause);
      return [1, 2].map((repeat) => ({ record, line: sampleLine("x", record, naming(cause), { repeat }) }));
    });
    expect(permuted(answers, seeded(1))).toMatchObject({ n: 2, real: 1, mean: 0, upper: 0 });
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

describe("components under neutral names", { timeout: 120_000 }, () => {
  const opened = casesOf(join(import.meta.dirname, "..", "..", "reports", "example")).then(([first = ""]) =>
    openCase(first),
  );
  const never = new AbortController().signal;

  it("are called so wherever a text names them whole, and by their names again", () => {
    const { rename, restore } = pseudonymsOf(["otel-sample-app", "java-otel-sample-app", "store"], seeded(2));
    const text = "java-otel-sample-app->Store, otel-sample-app-1, store|public, stored, restore, storefront";
    const other = rename(text);
    expect(other).toMatch(/^unit(..)->unit(..), unit(..)-1, unit\2\|public, stored, restore, storefront$/);
    expect(restore(other)).toBe(text.replace("Store", "store"));
  });
  it("are found by our agents as they are: they go by no name", async () => {
    for (const agent of [statistical, loudest]) {
      const { state, differences } = await renamed(await opened, agent, never);
      expect([agent.name, differences, state[0]]).toEqual([agent.name, [], state[1]]);
    }
  });
  it("are not found by who goes by names", async () => {
    const byName: Agent = {
      name: "by name",
      async *investigate(_brief, telemetry, ticks) {
        let last = 0;
        for await (const now of ticks) last = now;
        const [first] = telemetry.components({ from: 0, to: last }).map(({ component }) => component);
        yield diagnosis(0, 1, [first ?? "", "cpu", 0.9]);
      },
    };
    const { differences } = await renamed(await opened, byName, never);
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatch(/go-otel-sample-app .* under other names: .*/);
  });
  it("differ neither by the order of equals nor by the last digit of a confidence", () => {
    const one = diagnosis(190, 0, ["a", "cpu", 0.5], ["b", "cpu", 0.5]);
    const two = diagnosis(190, 0, ["b", "cpu", 0.5], ["a", "cpu", 0.5 + 1e-12]);
    expect(differencesOf([one], [two])).toEqual([]);
    expect(differencesOf([one], [])).toHaveLength(1);
    expect(differencesOf([one], [diagnosis(190, 1, ["a", "cpu", 0.5], ["b", "cpu", 0.5])])).toHaveLength(1);
  });
});
