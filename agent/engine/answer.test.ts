import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Question } from "../agent.ts";
import { statistical } from "../agents/statistical.ts";
import type { Diagnosis, Stamped } from "../investigation.ts";
import { type Recording, viewOf } from "./testing/memory.ts";
import type { Trouble } from "./testing/plan.ts";
import { play } from "./testing/play.ts";

// A whole drill takes a second alone and ten on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** What is said of a recording when somebody asks at its end. */
async function askedOf(recording: Recording, question?: Question): Promise<readonly Stamped[]> {
  let now = recording.from;
  async function* ticks(): AsyncGenerator<number> {
    for (now = recording.from + 1000; now <= recording.to; now += 1000) yield now;
  }
  const view = viewOf(recording, () => now);
  const brief = { budget: 600_000, random: () => 0.5, ...(question ? { question } : {}) };
  const said: Stamped[] = [];
  for await (const one of statistical.investigate(brief, view, ticks(), new AbortController().signal))
    said.push({ ...one, at: now, thinking: 0 } as Stamped);
  return said;
}
const diagnosed = (said: readonly Stamped[]): readonly Stamped<Diagnosis>[] =>
  said.filter((one): one is Stamped<Diagnosis> => one.kind === "diagnosis");
const ERRORS: Question = { text: "Error rate spike", signals: ["errors"] };
const LATENCY: Question = { text: "Performance degradation", signals: ["latency"] };

describe("asked where nothing is wrong", () => {
  let recording: Recording;
  beforeAll(() => {
    recording = play({ seed: 107, watch: 60, recovery: 20 }).recording;
  });

  test.each([ERRORS, LATENCY, { text: "why are orders slow?" }, { text: "High CPU", signals: ["cpu"] as const }])(
    "$text: it says that nothing is out of normal, and how near it came",
    async (question) => {
      const said = await askedOf(recording, question);
      expect(said.map(({ kind }) => kind)).toEqual(["learned", "learned", "diagnosis"]);
      const [told] = diagnosed(said);
      expect(told).toMatchObject({ outcome: "inconclusive", hypotheses: [], named: 0 });
      expect(told?.gaps.at(-1)).toMatch(
        /^nothing that was asked about is out of its normal; the furthest was: .* scales/,
      );
      expect(told?.picture.timeline.map(({ text }) => text)).toContain(`asked: ${question.text}`);
      expect(told?.picture.timeline.map(({ kind }) => kind)).not.toContain("alarm");
      expect(told?.picture.components.length).toBeGreaterThan(3);
      expect(told?.picture.dependencies.length).toBeGreaterThan(3);
    },
  );

  test("not asked, it says all clear, as it does in a drill", async () => {
    expect((await askedOf(recording)).map(({ kind }) => kind)).toEqual(["learned", "all-clear"]);
  });

  test("before anything is known to be normal, it says so", async () => {
    const [only, ...rest] = await askedOf({ ...recording, to: recording.from + 30_000 }, ERRORS);
    expect(rest).toEqual([]);
    expect(only).toMatchObject({ kind: "all-clear", gaps: ["too little history to know what is normal"] });
  });
});

test("an alarm that was raised is not asked about again", async () => {
  const { recording } = play({ seed: 2, trouble: { down: "stock" }, watch: 60, recovery: 60 });
  const said = await askedOf(recording, ERRORS);
  expect(said.map(({ kind }) => kind)).toContain("alarm");
  expect(said.flatMap((one) => (one.kind === "diagnosis" ? one.gaps : [])).join()).not.toContain("asked");
});

/** Nobody is hurt yet, so no alarm is raised. */
const LEAK: Trouble = { leak: { app: "orders", bytesPerSecond: 4e6 } };
test("what hurts nobody is found when it is asked about, and only by the right question", async () => {
  const { recording, inForce } = play({ seed: 9, trouble: LEAK, watch: 80, recovery: 5 });
  const said = await askedOf(recording, { text: "does anything run short?" });
  expect(said.map(({ kind }) => kind)).not.toContain("alarm");
  const [told] = diagnosed(said);
  expect(told?.gaps.at(-1)).toMatch(
    /^no alarm was raised; found because it was asked: memory of java-otel-sample-app, \d+(\.\d+)? scales from/,
  );
  expect(Math.abs((told?.onset ?? 0) - inForce)).toBeLessThan(30_000);
  expect(told?.hypotheses[0]).toMatchObject({ component: "java-otel-sample-app", cause: "memory" });
  expect(told).toMatchObject({ outcome: "inconclusive", named: 0, picture: { remedies: [] } });
  const [other] = diagnosed(await askedOf(recording, ERRORS));
  expect(other?.hypotheses).toEqual([]);
});
