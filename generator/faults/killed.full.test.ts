import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Holders, holders } from "./testing/holders.ts";
import { kill, steps } from "./testing/kill.ts";
import type { Way } from "./testing/victim.ts";

/** How many writes a fault of each way makes. */
const WAYS: readonly (readonly [Way, number])[] = [
  ["proxy", 1],
  ["control", 2],
  ["release", 1],
  ["store", 1],
  ["process", 1],
];

let on: Holders;
beforeAll(async () => {
  on = await holders({ store: true });
}, 60_000);
afterAll(() => on[Symbol.asyncDispose]());

describe.each(WAYS)("a harness that writes by %s", (way, intents) => {
  it.each(steps(intents))("killed %s: nothing of it is left within 10 s", { timeout: 60_000 }, async (step) => {
    const { took } = await kill(on, { way, step, signal: "SIGKILL", limit: 10_000 });
    expect(took).toBeLessThan(10_000);
    expect(await on.clean(way)).toBe(true);
  });

  it.each(["after intent 1", "before applied 1", "in force"])(
    "stopped %s: nothing of it is left within 20 s",
    { timeout: 60_000 },
    async (step) => {
      const { took, records } = await kill(on, { way, step, signal: "SIGSTOP", limit: 20_000 });
      expect(took).toBeLessThan(20_000);
      expect(records.map(({ kind }) => kind)).toContain("fenced");
    },
  );
});
