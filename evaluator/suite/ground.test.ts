import { describe, expect, it } from "vitest";
import baseline from "../../scenarios/baseline.ts";
import { T0 } from "../testing/sample-trial.ts";
import { beginningOf } from "./ground.ts";

const quiet = { from: T0, to: T0 + 110_000 };
const begun = (scenario: string, seed: number, nth = 0) =>
  beginningOf({ scenario, seed }, nth, baseline, quiet, T0 + 111_000);
const healthy = (...drill: Parameters<typeof begun>): number | undefined => begun(...drill).phases[0]?.lasts;

describe("how a drill of a suite begins", () => {
  it("is the same for the same drill", () => expect(begun("a", 1)).toEqual(begun("a", 1)));
  it("shares no trace ids and no names of writes with any other drill or attempt", () => {
    const seeds = [begun("a", 1), begun("b", 1), begun("a", 2), begun("a", 1, 1)].map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(4);
    for (const seed of seeds) expect(Number.isSafeInteger(seed) && seed >= 0 && seed < 2 ** 31).toBe(true);
  });
  it("gives the watch another start in each scenario, whatever the seed", () =>
    expect(new Set([..."abcdefgh"].map((scenario) => healthy(scenario, 1))).size).toBeGreaterThan(5));
  it("counts what quiet time its agent sees, up to the beginning", () => expect(begun("a", 1).carried).toBe(111_000));
  it("is that of a drill alone on fresh apps, with all telemetry since their start", () => {
    const fresh = beginningOf({ scenario: "a", seed: 1 }, 0, baseline, "fresh", T0);
    expect(fresh).toMatchObject({ since: 0, carried: 0 });
    expect(fresh.phases.map(({ kind }) => kind)).toEqual(["warm-up", "steady", "watch", "recovery"]);
  });
});
