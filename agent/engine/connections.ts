import type { ErrorKind } from "../investigation.ts";
import type { Component } from "../telemetry/model.ts";
import { type Broken, broken, edgeOf } from "./edges.ts";
import { type Fact, percent, type Scored, scored, weightOf } from "./evidence.ts";
import { detailOf } from "./kinds.ts";
import type { Scene } from "./scene.ts";
import type { Node } from "./traces.ts";

/** Failures of an edge beyond chance: 2 (sqrt k - sqrt expected). H. */
const BEYOND_CHANCE = 3;
/** From this share of an edge's calls on its failures may name a cause, however few user requests they are. Engine page, section 11. */
const TELLING = 0.05;
/** A callee that still answers this share of its usual requests from elsewhere is alive. H. */
const ALIVE = 0.3;

/**
 * Channel X: calls that fail without a failure of their callee, per user request, credited to the place that the kind
 * of failure and the state of the callee tell.
 */
export function failedCalls(scene: Scene): readonly Scored[] {
  const found: Scored[] = [];
  for (const edge of broken(scene.digest, scene.past.whole)) {
    if (2 * (Math.sqrt(edge.failed) - Math.sqrt(edge.failed - edge.excess)) < BEYOND_CHANCE) continue;
    const share = edge.excess / edge.failed;
    for (const [kind, nodes] of edge.kinds) {
      const place = placeOf(scene, edge, kind, nodes);
      const [first] = nodes;
      if (!place || !first) continue;
      const detail = detailOf(first.span);
      const claim = `${percent(nodes.length / edge.calls)} of the calls ${edge.caller} -> ${edge.callee} fail: ${kind} (${detail})`;
      const query = {
        ask: "spans",
        within: scene.window,
        component: edge.caller,
        kind: "client",
        failed: true,
      } as const;
      const told = { signal: "connection", claim, value: nodes.length / edge.calls, unit: "1", query } as const;
      const x = (nodes.length * share) / Math.max(1, scene.digest.roots);
      const e = weightOf("X", x);
      const telling = (nodes.length * share) / edge.calls >= TELLING;
      found.push(scored("X", place.fact, place.component, x, told, telling ? Math.max(1, e) : e));
    }
  }
  return found;
}

interface Place {
  readonly component: Component;
  readonly fact: Fact;
}
function placeOf(scene: Scene, edge: Broken, kind: ErrorKind, nodes: readonly Node[]): Place | undefined {
  const name = edgeOf(edge.caller, edge.callee);
  const virtual = !scene.quiet.all.has(edge.callee) && edge.answered === 0;
  // Whom nobody asked in quiet time was not there to go down: the caller was told to ask there.
  const unheard = virtual && !scene.past.whole.edges.values().some(({ callee }) => callee === edge.callee);
  switch (kind) {
    case "pool":
      return { component: edge.caller, fact: "pool-errors" };
    case "dns":
    case "tls":
      return { component: edge.callee, fact: kind };
    case "refused":
      if (unheard) return { component: edge.caller, fact: "config-error" };
      if (virtual) return { component: edge.callee, fact: "provider-errors" };
      // A callee that is well but refuses one caller is asked at the wrong place.
      return isAlive(scene, edge)
        ? { component: edge.caller, fact: "config-error" }
        : { component: edge.callee, fact: "refused" };
    case "reset":
    case "timeout": {
      const answered = nodes.filter((node) => node.answer !== undefined).length;
      // A callee that did answer, too late, is not cut off: its own slowness or an impatient caller explains it.
      if (kind === "timeout" && answered >= 0.5 * nodes.length) return undefined;
      if (unheard) return { component: edge.caller, fact: "config-error" };
      if (virtual || isAlive(scene, edge) !== false) return { component: name, fact: "lost" };
      return { component: edge.callee, fact: "refused" };
    }
    case "limit":
    case "unavailable":
    case "internal":
      // With a server span the callee's own failure would stand below; without one only the callee can have said it.
      return virtual
        ? { component: edge.callee, fact: "provider-errors" }
        : { component: edge.callee, fact: "refusals" };
    case "client":
      return undefined;
  }
}

/** Does the callee answer others as it used to? Nothing if it has no others. */
function isAlive(scene: Scene, edge: Broken): boolean | undefined {
  const { digest, past, window } = scene;
  const others = (of: typeof digest) => {
    const all = of.components.get(edge.callee)?.requests ?? 0;
    const name = edgeOf(edge.caller, edge.callee);
    return all - (of.edges.get(name)?.answered ?? 0);
  };
  const before = others(past.whole) / Math.max(1, past.window.to - past.window.from);
  if (before * (window.to - window.from) < 5) return undefined;
  return others(digest) / Math.max(1, window.to - window.from) >= ALIVE * before;
}
