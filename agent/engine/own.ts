import type { ErrorKind } from "../investigation.ts";
import type { Component } from "../telemetry/model.ts";
import type { Digest } from "./digest.ts";
import { type Fact, ms, percent, type Scored, scored, weightOf } from "./evidence.ts";
import { type OwnOperation, ownOperations } from "./flow.ts";
import { detailOf } from "./kinds.ts";
import type { Scene } from "./scene.ts";

/** Own failures beyond chance: 2 (sqrt k - sqrt expected). H. */
const BEYOND_CHANCE = 3;
/** From this share of its requests on a component's failures may name a cause, however few user requests they are. H. */
const TELLING = 0.05;
/** An operation counts as slower than it was from this ratio on. H. */
const SLOWER = 1.5;

/** Channel L: time that components spend by themselves beyond quiet time, in ms per user request. */
export function ownLatency(scene: Scene): readonly Scored[] {
  const roots = Math.max(1, scene.digest.roots);
  const found: Scored[] = [];
  const byComponent = Map.groupBy(ownOperations(scene.digest, scene.past.parts), (one) => one.component);
  for (const [component, operations] of byComponent) {
    const worst = operations[0];
    if (!worst) continue;
    const x = operations.reduce((total, one) => total + one.excess, 0) / roots;
    const told = {
      signal: "latency",
      claim: `${component} itself spends ${ms(worst.mean)} in "${worst.operation}", normally ${ms(worst.normal)}`,
      value: worst.mean,
      normal: worst.normal,
      unit: "ms",
      query: { ask: "spans", within: scene.window, component, name: worst.operation },
    } as const;
    found.push(scored("L", "slow", component, x, told));
    const spread = spreadOf(scene.digest, component, operations);
    found.push(scored("L", spread, component, x, told, Math.min(1, found.at(-1)?.e ?? 0)));
  }
  return found;
}

/** Are most of the operations of a component slower, or some of them? */
function spreadOf(digest: Digest, component: Component, slower: readonly OwnOperation[]): Fact {
  const busy = [...(digest.components.get(component)?.operations ?? [])].filter(([, values]) => values.length >= 3);
  const clearly = slower.filter((one) => one.mean >= SLOWER * one.normal);
  return clearly.length >= 0.7 * busy.length ? "slow-all" : "slow-some";
}

const FACTS: Readonly<Partial<Record<ErrorKind, Fact>>> = {
  internal: "own-errors",
  unavailable: "refusals",
  limit: "refusals",
  pool: "pool-errors",
  timeout: "own-errors",
};

/** Channel R: requests that fail in a component without any failure below it, per user request. */
export function ownErrors(scene: Scene): readonly Scored[] {
  const { digest, past } = scene;
  const found: Scored[] = [];
  for (const [component, tally] of digest.components) {
    const before = past.whole.components.get(component);
    for (const [kind, nodes] of merge(tally.own)) {
      const fact = FACTS[kind];
      if (!fact) continue;
      const normal = before && before.requests > 0 ? countIn(before.own, kind) / before.requests : 0;
      const expected = normal * tally.requests;
      if (2 * (Math.sqrt(nodes.length) - Math.sqrt(expected)) < BEYOND_CHANCE) continue;
      const share = nodes.length / Math.max(1, tally.requests);
      const [first] = nodes;
      const detail = first ? detailOf(first.span) : "";
      const told = {
        signal: "errors",
        claim: `${percent(share)} of ${component}'s requests fail in itself (${detail}), normally ${percent(normal)}`,
        value: share,
        normal,
        unit: "1",
        query: { ask: "spans", within: scene.window, component, failed: true },
      } as const;
      const x = (nodes.length - expected) / Math.max(1, digest.roots);
      const e = weightOf("R", x);
      found.push(scored("R", fact, component, x, told, share - normal >= TELLING ? Math.max(1, e) : e));
    }
  }
  return found;
}

/** Kinds that mean the same fact are counted together. */
function merge<V>(own: ReadonlyMap<ErrorKind, readonly V[]>): ReadonlyMap<ErrorKind, readonly V[]> {
  const out = new Map<ErrorKind, readonly V[]>();
  for (const [kind, nodes] of own) {
    const key = kind === "timeout" ? "internal" : kind === "limit" ? "unavailable" : kind;
    out.set(key, [...(out.get(key) ?? []), ...nodes]);
  }
  return out;
}

function countIn<V>(own: ReadonlyMap<ErrorKind, readonly V[]>, kind: ErrorKind): number {
  return merge(own).get(kind)?.length ?? 0;
}
