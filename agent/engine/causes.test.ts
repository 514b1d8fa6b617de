import { expect, test } from "vitest";
import { FAULT_CLASSES } from "../investigation.ts";
import { CAUSES, causesOf } from "./causes.ts";
import { type Fact, type Scored, scored } from "./evidence.ts";
import { weigh } from "./hypotheses.ts";

const fact = (name: Fact, e = 2, component = "a", channel: Scored["channel"] = "P", x = 1): Scored =>
  scored(channel, name, component, x, { signal: "pool", claim: name, query: { ask: "spans" } }, e);
const cause = (...facts: Scored[]) => causesOf("a", facts)[0]?.cause;

test.each<[string, Scored[]]>([
  ["pool-exhaustion", [fact("pool-full", 4), fact("slow", 3), fact("refusals")]],
  ["lock-contention", [fact("lock-wait", 4), fact("slow", 3), fact("pool-full", 3)]],
  ["network-latency", [fact("gap", 3)]],
  ["slow-code", [fact("slow", 3), fact("slow-some", 1)]],
  ["cpu", [fact("cpu-up", 3), fact("slow", 2)]],
  ["code-error", [fact("own-errors", 2), fact("new-template", 1)]],
  ["memory", [fact("oom", 4), fact("restarts", 4)]],
  ["crash-loop", [fact("restarts", 4), fact("refused", 2)]],
  ["unavailable", [fact("silent", 4), fact("refused", 2)]],
  ["dependency-down", [fact("provider-errors", 2)]],
  ["network-loss", [fact("lost", 1)]],
  ["dns", [fact("dns", 2)]],
  ["retry-storm", [fact("retries", 2)]],
  ["traffic-surge", [fact("surge", 4), fact("saturated", 2)]],
  ["unknown", [fact("new-template", 2)]],
])("%s", (expected, facts) => {
  expect(cause(...facts)).toBe(expected);
});

test("evidence weaker than 1 names nothing", () => {
  expect(cause(fact("gap", 0.9))).toBe("unknown");
});

test("what speaks against a cause is told and counts", () => {
  const [named] = causesOf("a", [fact("gap", 3), fact("stall", 2)]);
  expect(named).toMatchObject({ cause: "network-latency", score: 1 });
  expect(named?.against.map((one) => one.fact)).toEqual(["stall"]);
});

test("every cause of the table is one that may be named", () => {
  for (const rule of CAUSES) expect(FAULT_CLASSES).toContain(rule.cause);
});

test("channels fuse: the strongest and .3 of the others, ties broken by size and by who was first", () => {
  const facts = [
    fact("pool-full", 4),
    fact("slow", 3, "a", "L", 100),
    fact("slow", 3, "b", "L", 50),
    fact("job-ran", 0, "c", "K"),
  ];
  const [a, b, ...rest] = weigh(
    facts,
    new Map([
      ["b", 1000],
      ["a", 31_000],
    ]),
  );
  expect(rest).toEqual([]);
  expect(a).toMatchObject({ component: "a", B: 4 + 0.3 * 3 });
  expect(a?.H).toBeCloseTo(4.9 + 0.5 * Math.exp(-1));
  expect(b).toMatchObject({ component: "b", B: 1.5, H: 2 });
});
