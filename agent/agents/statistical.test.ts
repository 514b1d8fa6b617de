import { expect, test } from "vitest";
import { watchRecording } from "../engine/testing/drill.ts";
import { viewOf } from "../engine/testing/memory.ts";
import { play } from "../engine/testing/play.ts";
import { statistical } from "./statistical.ts";

const { recording, inForce } = play({ seed: 2, trouble: { down: "stock" }, watch: 60, recovery: 5 });

test("a run that ends in the middle of an incident is not called well", { timeout: 60_000 }, async () => {
  const kinds = (await watchRecording(statistical, { ...recording, to: inForce + 50_000 })).map((one) => one.kind);
  expect(kinds).toContain("diagnosis");
  expect(kinds).not.toContain("all-clear");
});

test("it stops when it is told to, without another word", { timeout: 60_000 }, async () => {
  const stop = new AbortController();
  let now = recording.from;
  async function* ticks() {
    for (now = recording.from; now <= recording.to; now += 1000) {
      if (now > recording.from + 30_000) stop.abort();
      yield now;
    }
  }
  const view = viewOf(recording, () => now);
  const said = [];
  const brief = { budget: 60_000, random: () => 0.5 };
  for await (const finding of statistical.investigate(brief, view, ticks(), stop.signal)) said.push(finding);
  expect(said).toEqual([]);
  expect(now).toBeLessThan(recording.from + 40_000);
});
