import type { Hypothesis } from "../investigation.ts";
import type { Component, Instant } from "../telemetry/model.ts";
import { causesOf, type Named } from "./causes.ts";
import { type Calibration, confidence, NAMED, shares } from "./confidence.ts";
import { figure, type Scored } from "./evidence.ts";
import { type Ranked, weigh } from "./hypotheses.ts";
import { suspects } from "./objects.ts";
import type { Scene } from "./scene.ts";
import { rivalsOf, secondFault } from "./second.ts";

/** At most so many candidates. */
const MOST = 5;
/** The leader changes only when the new one leads by so much. H. */
const LEAD = 0.3;
/** A component that no hurt entry can reach is half as likely. H. */
const UNREACHED = 0.5;

export interface Verdict {
  readonly hypotheses: readonly Hypothesis[];
  readonly named: number;
  readonly ranked: readonly Ranked[];
}

/** Ranks components, names the cause of each and says how sure it is. `previous` keeps the leader from flapping. */
export function judge(
  scene: Scene,
  facts: readonly Scored[],
  onsets: ReadonlyMap<Component, Instant>,
  hurt: ReadonlySet<Component>,
  calibration: Calibration,
  previous?: Component,
): Verdict {
  const within = reachable(scene, hurt);
  const weighed = weigh(facts, onsets)
    .map((one) => (within.has(one.component) ? one : { ...one, B: one.B * UNREACHED, H: one.H * UNREACHED }))
    .sort((a, b) => b.H - a.H);
  const leading = steady(weighed, previous);
  const edges = [...scene.past.whole.edges.values()];
  const other = secondFault(leading.slice(0, MOST), facts, edges);
  const [first, ...rest] = leading.filter((one) => one !== other);
  if (!first) return { hypotheses: [], named: 0, ranked: [] };
  const ranked = [first, ...(other ? [other] : []), ...rest].slice(0, MOST);
  // Two faults are not each other's rivals: each is measured against the rest.
  const sure = confidence([first, ...(other ? rivalsOf(rest, other, edges) : rest)], calibration);
  const also = other ? Math.min(sure, confidence([other, ...rivalsOf(rest, first, edges)], calibration)) : 0;
  const parts = other ? [sure, also, ...shares([first, ...rest], sure).slice(1)] : shares(ranked, sure);
  const hypotheses = ranked.map((one, i) =>
    hypothesis(scene, one, facts, Math.min(parts[i] ?? 0, i > 1 ? also || 1 : 1)),
  );
  const named = sure < NAMED ? 0 : also >= NAMED ? 2 : 1;
  return { hypotheses, named, ranked };
}

function steady(ranked: readonly Ranked[], previous: Component | undefined): readonly Ranked[] {
  const [first] = ranked;
  const old = ranked.find((one) => one.component === previous);
  if (!first || !old || old === first || first.H - old.H >= LEAD) return ranked;
  return [old, ...ranked.filter((one) => one !== old)];
}

function hypothesis(scene: Scene, { component }: Ranked, facts: readonly Scored[], sure: number): Hypothesis {
  const [best] = causesOf(component, facts) as readonly [Named, ...Named[]];
  const mine = facts.filter((one) => one.component === component).sort((a, b) => b.e - a.e);
  const evidence = [...new Map([...best.used, ...mine].map((one) => [one.evidence.claim, one.evidence])).values()];
  const trigger = suspects(scene).findLast((change) => change.component === component)?.id;
  const sentence = `${component}: ${WORDS[best.cause] ?? best.cause}. ${best.used[0]?.evidence.claim ?? ""}`.trim();
  const against = [...best.against.map((one) => one.evidence.claim), ...besides(scene, best)];
  const [first, ...rest] = evidence;
  if (!first) throw new RangeError(`no evidence for ${component}`);
  return {
    component,
    cause: best.cause,
    confidence: sure,
    sentence,
    evidence: [first, ...rest],
    against,
    ...(trigger ? { trigger } : {}),
  };
}

/** A surge at the same time is said, even where it is not the cause. */
function besides({ surge }: Scene, { cause }: Named): readonly string[] {
  if (!surge || cause === "traffic-surge") return [];
  return [`users send ${figure(surge.ratio)} times the usual requests to ${surge.entry} at the same time`];
}

const WORDS: Readonly<Record<string, string>> = {
  "crash-loop": "it keeps exiting and being started again",
  unavailable: "it does not answer",
  memory: "it runs short of memory",
  cpu: "it gets too little processor time for its work",
  "pool-exhaustion": "a pool or its set of workers is used up; requests wait for a place and are refused",
  "lock-contention": "its work waits on a lock",
  "retry-storm": "its retries multiply the calls to its callee",
  "dependency-down": "the dependency fails for those who call it",
  "network-latency": "the way between the two is slow, both ends are well",
  "network-loss": "connections between the two are lost",
  disk: "it runs out of disk",
  dns: "its name cannot be resolved",
  tls: "the secure connection to it cannot be made",
  config: "it is set up wrongly",
  "code-error": "its own code fails on some requests",
  "slow-code": "its own code has become slower",
  "bad-deploy": "its release made it fail",
  "traffic-surge": "more users than it can carry",
  unknown: "something is wrong, but nothing tells what",
};

/** Components and edges that the hurt entries can reach through calls, now or in quiet time; all if nobody is known to hurt. */
export function reachable(scene: Scene, hurt: ReadonlySet<Component>): { has(component: Component): boolean } {
  if (hurt.size === 0) return { has: () => true };
  const seen = new Set<Component>(hurt);
  const edges = [...scene.digest.edges.values(), ...scene.past.whole.edges.values()];
  for (let grown = true; grown; ) {
    grown = false;
    for (const { caller, callee } of edges) {
      if (!seen.has(caller) || seen.has(callee)) continue;
      seen.add(callee);
      grown = true;
    }
  }
  return { has: (component) => component.split("->").every((end) => seen.has(end)) };
}
