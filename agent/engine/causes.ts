import type { FaultClass } from "../investigation.ts";
import type { Component } from "../telemetry/model.ts";
import type { Fact, Scored } from "./evidence.ts";

/** When a cause may be named, what speaks for it besides and what against. */
interface Rule {
  readonly cause: FaultClass;
  /** Any one of the facts of each group must hold with e >= 1. */
  readonly required: readonly (readonly Fact[])[];
  readonly supports: readonly Fact[];
  readonly contradicts: readonly Fact[];
}

/**
 * The knowledge of the engine, read from top to bottom on equal scores. Source: engine page, section 11: W for the
 * shape, H where a threshold has no other mark.
 */
export const CAUSES: readonly Rule[] = [
  { cause: "traffic-surge", required: [["surge"]], supports: ["saturated", "cpu-up", "cpu-high"], contradicts: ["own-errors", "slow-some", "gap"] },
  { cause: "memory", required: [["oom"]], supports: ["memory-up", "gc", "restarts"], contradicts: [] },
  { cause: "crash-loop", required: [["restarts"]], supports: ["refused", "silent"], contradicts: [] },
  { cause: "tls", required: [["tls"]], supports: ["config-changed", "pool-wait", "new-template"], contradicts: [] },
  { cause: "dns", required: [["dns"]], supports: ["config-changed", "pool-wait", "new-template"], contradicts: [] },
  { cause: "lock-contention", required: [["lock-wait", "blocked"]], supports: ["slow", "silent", "queue", "pool-full"], contradicts: [] },
  { cause: "unavailable", required: [["refused", "silent", "not-ready"]], supports: ["refusals"], contradicts: ["own-errors"] },
  { cause: "memory", required: [["memory-up", "gc"]], supports: ["slow", "slow-all", "restarts", "cpu-up"], contradicts: [] },
  { cause: "pool-exhaustion", required: [["pool-full", "pool-errors"]], supports: ["pool-full", "pool-errors", "slow", "refusals", "queue"], contradicts: ["lock-wait"] },
  { cause: "config", required: [["config-error"]], supports: ["config-changed", "new-template"], contradicts: [] },
  { cause: "config", required: [["misses"]], supports: ["chatty", "config-changed"], contradicts: [] },
  { cause: "retry-storm", required: [["retries"]], supports: ["config-changed"], contradicts: ["surge"] },
  { cause: "cpu", required: [["stall", "cpu-up", "throttled"], ["slow", "cpu-high", "throttled"]], supports: ["slow", "cpu-high", "queue", "slow-all"], contradicts: ["oom"] },
  { cause: "dependency-down", required: [["provider-errors"]], supports: ["pool-wait"], contradicts: [] },
  { cause: "network-loss", required: [["lost"]], supports: ["pool-wait"], contradicts: [] },
  { cause: "network-latency", required: [["gap"]], supports: ["pool-wait"], contradicts: ["slow", "queue", "stall"] },
  { cause: "disk", required: [["disk-full"]], supports: ["slow-some"], contradicts: [] },
  { cause: "code-error", required: [["own-errors"]], supports: ["new-template", "deployed"], contradicts: ["pool-full", "pool-errors"] },
  { cause: "code-error", required: [["new-template"], ["refusals", "own-errors"]], supports: ["deployed"], contradicts: ["pool-full", "pool-errors"] },
  { cause: "lock-contention", required: [["slow-callee-some"]], supports: ["pool-wait", "job-ran"], contradicts: [] },
  { cause: "slow-code", required: [["slow"]], supports: ["slow-some", "chatty", "deployed"], contradicts: ["gap", "pool-full", "cpu-up"] },
  { cause: "slow-code", required: [["chatty"]], supports: ["slow", "deployed"], contradicts: ["misses", "retries"] },
  { cause: "slow-code", required: [["slow-callee"]], supports: ["pool-wait"], contradicts: [] },
  { cause: "unavailable", required: [["refusals"]], supports: [], contradicts: ["pool-full", "surge"] },
]; // biome-ignore format: a table reads better than a column

export interface Named {
  readonly cause: FaultClass;
  readonly score: number;
  /** Evidence that the rule used, strongest first. */
  readonly used: readonly Scored[];
  readonly against: readonly Scored[];
}

/** Names the cause of one component: every rule whose requirements all hold, best first; none is `unknown`. */
export function causesOf(component: Component, facts: readonly Scored[]): readonly Named[] {
  const mine = facts.filter((one) => one.component === component);
  const best = (fact: Fact) => mine.filter((one) => one.fact === fact).sort((a, b) => b.e - a.e)[0];
  const found = new Map<FaultClass, Named>();
  for (const rule of CAUSES) {
    const required = rule.required.map(
      (group) => group.flatMap((fact) => best(fact) ?? []).sort((a, b) => b.e - a.e)[0],
    );
    if (!required.every((one) => one !== undefined && one.e >= 1)) continue;
    const held = required.flatMap((one) => one ?? []);
    const supports = rule.supports.flatMap((fact) => best(fact) ?? []).filter((one) => !held.includes(one));
    const against = rule.contradicts.flatMap((fact) => best(fact) ?? []).filter((one) => !held.includes(one));
    const score = total(held, 4) + 0.5 * total(supports, 2) - total(against, 2);
    const used = [...new Set([...held, ...supports])].sort((a, b) => b.e - a.e);
    const named = { cause: rule.cause, score, used, against };
    if (score > (found.get(rule.cause)?.score ?? Number.NEGATIVE_INFINITY)) found.set(rule.cause, named);
  }
  const ordered = [...found.values()].sort((a, b) => b.score - a.score);
  return ordered.length > 0
    ? ordered
    : [{ cause: "unknown", score: 0, used: mine.toSorted((a, b) => b.e - a.e), against: [] }];
}

const total = (facts: readonly Scored[], cap: number) => facts.reduce((sum, one) => sum + Math.min(cap, one.e), 0);
