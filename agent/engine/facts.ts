import type { Component } from "../telemetry/model.ts";
import { amplified } from "./amplification.ts";
import { BIN, type Bin } from "./bins.ts";
import { failedCalls } from "./connections.ts";
import { consequences, explainAway } from "./consequences.ts";
import { type Fact, figure, moved, type Scored, scored } from "./evidence.ts";
import { kindOf } from "./kinds.ts";
import { type BinRange, unusual } from "./logs.ts";
import { slowEdges } from "./network.ts";
import { changed, objectRules } from "./objects.ts";
import { ownErrors, ownLatency } from "./own.ts";
import { exhausted, isExhausted, type Pool, poolsOf, resources } from "./resources.ts";
import type { Scene } from "./scene.ts";
import { slowOperations } from "./slow-operations.ts";

/** Bins of quiet time that one comparison of log lines spans. */
const LOG_PART = 3;

/** Everything that speaks about the incident, after what is only a consequence has been credited to its cause. */
export function factsOf(scene: Scene): readonly Scored[] {
  const pools = poolsOf(scene, scene.readings);
  const full = pools.filter(isExhausted);
  const metrics = resources(scene);
  const stalled = new Set(metrics.filter((one) => one.fact === "stall").map((one) => one.component));
  const workers = new Set(
    pools.filter((pool) => pool.group === "workers" && keepsWaiting(pool)).map((pool) => pool.component),
  );
  const network = slowEdges(scene, (component) => workers.has(component) || stalled.has(component));
  const failed = failedCalls(scene);
  const facts = [
    ...ownLatency(scene),
    ...ownErrors(scene),
    ...network,
    ...slowOperations(scene, network),
    ...failed,
    ...metrics,
    ...full.map((pool) => exhausted(scene, pool)),
    ...amplified(scene),
    ...messages(scene, failed),
    ...objectRules(scene),
    ...changed(scene),
  ];
  const traced = explainAway(facts, consequences(scene, pools));
  return withSurge(scene, traced, full);
}

const keepsWaiting = (pool: Pool) => isExhausted(pool) || (pool.wait?.z ?? 0) >= 3;

/**
 * Channel G: log lines at WARN or above that quiet time does not have. A caller that only tells of a failed call
 * speaks for the place where its calls fail.
 */
function messages(scene: Scene, failed: readonly Scored[]): readonly Scored[] {
  const now: BinRange = { from: Math.floor(scene.onset / BIN), to: Math.ceil(scene.window.to / BIN) };
  const parts: BinRange[] = [];
  const { history } = scene.quiet;
  for (let i = 0; i + LOG_PART <= history.length; i += LOG_PART) {
    const from = history[i];
    if (from !== undefined) parts.push({ from, to: from + LOG_PART });
  }
  const best = new Map<Component, Scored>();
  for (const one of unusual(scene.book, now, parts, (range) => requestsIn(scene, range))) {
    const claim = `${one.component} logs "${one.text.slice(0, 120)}" ${one.count} times, ${figure(one.share)} a user request, normally ${figure(one.normal)}`;
    const query = { ask: "logs", within: scene.window, component: one.component, severity: 13 } as const;
    const told = { signal: "log", claim, value: one.share, normal: one.normal, unit: "1", query } as const;
    const place = one.wrapper || kindOf(one.text) !== undefined ? whereCallsFail(failed, one.component) : undefined;
    const own = scored("G", "new-template", one.component, one.excess, told);
    const found = place === undefined ? own : moved(own, place, 1);
    if (found.e > (best.get(found.component)?.e ?? 0)) best.set(found.component, found);
  }
  return [...best.values()];
}

function whereCallsFail(failed: readonly Scored[], caller: Component): Component | undefined {
  const mine = failed.filter((one) => one.evidence.query.ask === "spans" && one.evidence.query.component === caller);
  return mine.sort((a, b) => b.e - a.e)[0]?.component;
}

function requestsIn({ rollup }: Scene, range: BinRange): number {
  let total = 0;
  for (let bin: Bin = range.from; bin < range.to; bin++)
    for (const cell of rollup.users.get(bin)?.values() ?? []) total += cell.count;
  return total;
}

/** What more traffic explains by itself. */
const EXPLAINED: ReadonlySet<Fact> = new Set([
  "slow",
  "slow-all",
  "cpu-up",
  "cpu-high",
  "stall",
  "gc",
  "queue",
  "refusals",
  "saturated",
  "pool-wait",
  "new-template",
  "silent",
]);
/** A pool that the same use times the rise of traffic would fill to this share has run out by the traffic. H. */
const CARRIED = 0.5;

/**
 * Names a surge as the cause where users hurt and nothing is found that more traffic does not explain; a pool that the
 * extra traffic alone would not have filled does not count as explained.
 */
function withSurge(scene: Scene, facts: readonly Scored[], full: readonly Pool[]): readonly Scored[] {
  const { surge } = scene;
  if (!surge) return facts;
  const byTraffic = (one: Scored) => {
    if (one.fact !== "pool-full" && one.fact !== "pool-errors") return EXPLAINED.has(one.fact);
    const ratio = surge.ratios.get(one.component) ?? 1;
    const pools = full.filter((pool) => pool.component === one.component);
    return pools.every((pool) => pool.used.before * ratio >= CARRIED * (pool.limit ?? Number.POSITIVE_INFINITY));
  };
  if (facts.some((one) => one.e >= 1 && !byTraffic(one))) return facts;
  const usual = scene.quiet.users.get(surge.entry)?.rate.middle ?? 0;
  const claim = `users send ${figure(surge.ratio)} times the usual requests to ${surge.entry}, and nothing else has changed first`;
  const query = { ask: "spans", within: scene.window, component: surge.entry, kind: "server" } as const;
  const told = {
    signal: "traffic",
    claim,
    value: (surge.ratio * usual * 1000) / BIN,
    normal: (usual * 1000) / BIN,
    unit: "1/s",
    query,
  } as const;
  const cause = scored("C", "surge", surge.entry, surge.ratio, told, 4);
  const carried = facts.map(
    (one): Scored =>
      one.component === surge.entry && one.e > 0 ? { ...one, fact: "saturated" } : { ...one, e: Math.min(one.e, 2) },
  );
  return [cause, ...carried];
}
