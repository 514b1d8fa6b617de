import { expect, test } from "vitest";
import { type PastRun, remember, type Told } from "./past-run.ts";
import { prevention } from "./prevention.ts";

const run = (id: string, more: Partial<PastRun> = {}): PastRun => ({
  run: id, named: [], affected: [], calls: [], retries: [], lost: 0, lostPerMinute: 0, ...more,
}); // biome-ignore format: one shape
const leak = { component: "orders", cause: "memory" } as const;
const calls = [{ caller: "front", callee: "orders" }];
const kinds = (past: readonly PastRun[]) => prevention(past).map(({ kind, component }) => `${kind} ${component}`);

test("the same fault twice is a finding, with the runs that show it; once is none", () => {
  expect(prevention([run("a", { named: [leak] }), run("b")])).toEqual([]);
  const past = [run("a", { named: [leak], lost: 10 }), run("b"), run("c", { named: [leak], lost: 30 }), run("d")];
  expect(prevention(past)).toEqual([
    {
      kind: "recurring",
      component: "orders",
      claim: "memory of orders was named in 2 of 4 investigations",
      proposal: "Find what keeps memory in orders",
      value: 0.5 * 20,
      runs: ["a", "c"],
    },
  ]);
});

test("another cause, another log template or another kind of change is another fault", () => {
  const first = run("a", { named: [{ ...leak, template: "out of <*>", change: "release" }] });
  const others = [{ template: "out of <*>" }, { template: "lost <*>", change: "release" }, { template: "out of <*>", change: "job" }]; // biome-ignore format: one line
  for (const other of others) expect(prevention([first, run("b", { named: [{ ...leak, ...other }] })])).toEqual([]);
  const [same] = prevention([first, { ...first, run: "b" }]);
  expect(same?.claim).toMatch(/after a release, with "out of <\*>" in the logs$/);
});

test("an edge is fragile when faults of its callee reach its caller: rate x (suffered + 1) / (incidents + 2) x loss", () => {
  const hit = { named: [leak], calls, affected: ["orders", "front"], lost: 40 };
  const past = [run("a", hit), run("b", { ...hit, named: [{ component: "front->orders", cause: "network-loss" }] }), run("c", { ...hit, named: [{ component: "orders", cause: "cpu" }], affected: ["orders"] }), run("d", { calls })]; // biome-ignore format: one line
  const [edge, ...rest] = prevention(past);
  expect(rest).toEqual([]);
  expect(edge).toMatchObject({ kind: "fragile-edge", component: "front->orders", runs: ["a", "b"] });
  expect(edge?.value).toBeCloseTo((3 / 4) * (3 / 5) * 40);
  expect(prevention([run("d", { ...hit, affected: ["orders"] })])).toEqual([]);
});

test("an alarm more than a minute after the onset is late", () => {
  const alarmed = (ms: number) => run("a", { named: [leak], began: 1_000, alarmed: 1_000 + ms, lostPerMinute: 60 });
  expect(prevention([alarmed(60_000)])).toEqual([]);
  const [late] = prevention([alarmed(90_000)]);
  expect(late).toMatchObject({ kind: "late-detection", component: "orders", value: 30 });
  expect(late?.claim).toContain("90 s after the onset");
});

test("retries beyond one and a half times want a budget, and the most valuable comes first", () => {
  const storm = (times: number, lost: number) => run("a", { retries: [{ component: "front", times }], lost });
  expect(prevention([storm(1.5, 100)])).toEqual([]);
  expect(kinds([storm(3, 100), run("b", { named: [leak], lost: 1 }), run("c", { named: [leak], lost: 1 })])).toEqual([
    "retries front",
    "recurring orders",
  ]);
});

test("an investigation is remembered by what it named and showed", () => {
  const noted = { component: "orders", signal: "log" };
  const told: Told = {
    outcome: "incident",
    named: 1,
    hypotheses: [
      {
        component: "orders",
        cause: "code-error",
        trigger: "r7",
        evidence: [
          { ...noted, id: "orders/new-template", claim: 'orders logs "no price for "<*>"" 30 times, 0.3 a user request, normally 0' },
          { ...noted, id: "orders/deployed", signal: "change", claim: "deploy of orders: 7" },
        ],
      },
      { component: "front", cause: "unknown", evidence: [] },
    ],
    picture: {
      evidence: [{ id: "front/retries", component: "front", signal: "structure", claim: "", value: 3, normal: 1 }],
      dependencies: calls,
      blastRadius: { affected: [{ component: "orders" }], lost: 12, lostPerMinute: 6 },
      timeline: [{ at: 5, kind: "discovery" }, { at: 30, kind: "users-hurt" }, { at: 20, kind: "onset" }, { at: 90, kind: "alarm" }],
    },
  }; // biome-ignore format: one shape
  expect(remember("a", told)).toEqual({
    run: "a",
    named: [{ component: "orders", cause: "code-error", template: 'no price for "<*>"', change: "release" }],
    affected: ["orders"],
    calls,
    retries: [{ component: "front", times: 3 }],
    lost: 12,
    lostPerMinute: 6,
    began: 20,
    alarmed: 90,
  });
  expect(remember("b", { ...told, outcome: "inconclusive" }).named).toEqual([]);
});
