import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Holders, holders } from "./testing/holders.ts";
import { kill } from "./testing/kill.ts";

/** One step for each way of writing that needs no database; `killed.full.test.ts` goes through all of them. */
let on: Holders;
beforeAll(async () => {
  on = await holders({ store: false });
}, 30_000);
afterAll(() => on[Symbol.asyncDispose]());

const outcomes = (records: Awaited<ReturnType<typeof kill>>["records"]): string[] =>
  records.flatMap((one) => (one.kind === "reverted" ? [one.outcome] : []));

describe("a harness that is killed", { timeout: 60_000 }, () => {
  it("while a release of its making runs: the former one is back", async () => {
    const { records, took } = await kill(on, { way: "release", step: "in force", signal: "SIGKILL", limit: 10_000 });
    expect(outcomes(records)).toEqual(["restored"]);
    expect(took).toBeLessThan(10_000);
  });

  it("between two numbers of which one is set: that one is gone, the other was never there", async () => {
    const { records } = await kill(on, { way: "control", step: "after intent 2", signal: "SIGKILL", limit: 10_000 });
    expect(outcomes(records)).toHaveLength(2);
  });

  it("when it has announced a shape but not made it: there is none", async () => {
    const { records } = await kill(on, { way: "proxy", step: "after intent 1", signal: "SIGKILL", limit: 10_000 });
    expect(outcomes(records)).toEqual(["already"]);
  });
});
