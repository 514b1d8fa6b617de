import { describe, expect, it } from "vitest";
import type { Evidence } from "../../agent/investigation.ts";
import { openStore } from "../../agent/telemetry/store.ts";
import { T0 } from "../testing/sample-trial.ts";
import { groundOf } from "./ground.ts";

const MINUTE = 60_000;
/** A minute of quiet and a minute of trouble: `b` takes 10 ms and then 50, and every other request of it fails. */
const store = openStore();
for (let i = 0; i < 120; i++) {
  const bad = i >= 60;
  const end = T0 + 1_000 * i + 500;
  const took = bad ? 50 : 10;
  const common = { trace: `t${i}`, instance: "b-1", attributes: {}, exceptions: [], arrival: end + 100 } as const;
  const failed = bad && i % 2 === 0;
  store.span({ ...common, id: `s${i}`, component: "b", name: "GET /", kind: "server", start: end - took, end, failed });
  store.span({
    ...common,
    id: `c${i}`,
    parent: `s${i}`,
    component: "b",
    name: "SELECT",
    kind: "client",
    start: end - took / 2,
    end,
    failed: false,
  });
  const about = { component: "b", instance: "b-1", attributes: {}, start: 0, at: end, arrival: end + 100 } as const;
  store.point({
    ...about,
    metric: "db.pool.used",
    unit: "1",
    kind: "gauge",
    temporality: "cumulative",
    value: bad ? 10 : 2,
  });
}
store.change({
  id: "r7",
  at: T0 + MINUTE,
  component: "b",
  kind: "deploy",
  summary: "",
  status: "succeeded",
  arrival: T0 + MINUTE,
});

const seen = store.view(() => T0 + 2 * MINUTE);
const within = { from: T0 + MINUTE, to: T0 + 2 * MINUTE };
const requests = { ask: "spans", within, component: "b", kind: "server" } as const;
const claim = (change: Partial<Evidence> & Pick<Evidence, "query">): Evidence => ({
  id: "e",
  component: "b",
  signal: "latency",
  claim: "",
  direction: "up",
  ...change,
});
const slow = claim({ query: requests, value: 50, unit: "ms" });

describe("a claim that is asked again", () => {
  it.each<[string, Evidence, string]>([
    ["a mean time that is as claimed", slow, "grounded"],
    ["one within a tenth", { ...slow, value: 46 }, "grounded"],
    ["one that is nowhere to be seen", { ...slow, value: 90 }, "uncheckable"],
    ["time of its own, without its calls", { ...slow, value: 25 }, "grounded"],
    ["slower, when it is faster", { ...slow, direction: "down" }, "contradicted"],
    ["a share of failures", claim({ query: { ...requests, failed: true }, value: 0.5, unit: "1" }), "grounded"],
    ["an invented share", claim({ query: { ...requests, failed: true }, value: 0.9, unit: "1" }), "uncheckable"],
    [
      "a pool that filled",
      claim({ query: { ask: "series", within, component: "b", metric: "db.pool.used" }, value: 10, unit: "1" }),
      "grounded",
    ],
    [
      "a pool that nobody has",
      claim({ query: { ask: "series", within, component: "b", metric: "no.pool" }, value: 10 }),
      "contradicted",
    ],
    [
      "a pool that emptied",
      claim({ query: { ask: "series", within, component: "b", metric: "db.pool.used" }, direction: "down", value: 10 }),
      "contradicted",
    ],
    [
      "a change that is there",
      claim({ query: { ask: "changes", within, component: "b" }, direction: "present" }),
      "grounded",
    ],
    [
      "a change of somebody else",
      claim({ query: { ask: "changes", within, component: "a" }, direction: "present" }),
      "contradicted",
    ],
    ["silence of who speaks", claim({ query: requests, direction: "absent" }), "contradicted"],
    [
      "silence of who never spoke",
      claim({ query: { ...requests, component: "z" }, direction: "absent" }),
      "uncheckable",
    ],
    ["a rise without a number", claim({ query: requests, unit: "ms" }), "grounded"],
  ])("%s", (_, evidence, ground) => {
    expect(groundOf(evidence, seen)).toBe(ground);
  });
  it("is not helped by what had not been seen yet", () => {
    const early = store.view(() => T0 + MINUTE - 1);
    expect(groundOf(slow, early)).toBe("contradicted");
  });
});
