import type { Component } from "../telemetry/model.ts";
import { cover, edgeOf, type Gap, gaps } from "./edges.ts";
import { ms, type Scored, scored } from "./evidence.ts";
import type { Scene } from "./scene.ts";

/** A slow edge whose operations are slow by unlike times belongs to its callee. */
const isOnTheWay = (gap: Gap) => gap.uniform || !gap.virtual;

/**
 * Channel N: where calls lose time between caller and callee, in ms. `queueing` says whether a component keeps its
 * callers waiting before it answers: such a gap is not the network's.
 */
export function slowEdges(scene: Scene, queueing: (component: Component) => boolean): readonly Scored[] {
  const observed = gaps(scene.digest, scene.past.whole);
  const found = observed
    .filter((gap) => gap.anomalous && gap.virtual && !gap.uniform)
    .map((gap) => slowCallee(scene, gap));
  const queues = observed.filter((gap) => gap.anomalous && !gap.virtual && queueing(gap.callee));
  for (const gap of queues)
    found.push(
      scored(
        "N",
        "queue",
        gap.callee,
        gap.delay,
        waits(scene, gap, `${gap.callee} lets ${gap.caller} wait ${ms(gap.delay)} longer before it begins`),
      ),
    );
  const open = observed.map((gap) => (isOnTheWay(gap) && !queues.includes(gap) ? gap : { ...gap, anomalous: false }));
  for (const blame of cover(open)) {
    const [first] = blame.taken;
    if (!first) continue;
    // One edge of a node that has others which are well is the edge; all edges of a node are the node.
    const where = blame.taken.length === 1 ? edgeOf(first.caller, first.callee) : blame.component;
    const what = first.virtual ? "all its operations alike" : "beyond what the callee's own spans last";
    const claim = `calls ${first.caller} -> ${first.callee} take ${ms(first.delay)} longer, ${what}`;
    found.push(scored("N", "gap", where, blame.score, waits(scene, first, claim)));
  }
  return found;
}

function slowCallee(scene: Scene, gap: Gap): Scored {
  const claim = `operations of ${gap.callee} are slower by unlike times for ${gap.caller}, typically ${ms(gap.delay)}`;
  return scored("N", "slow-callee", gap.callee, gap.delay, waits(scene, gap, claim));
}

function waits({ window }: Scene, gap: Gap, claim: string) {
  const query = { ask: "calls", within: window, caller: gap.caller, callee: gap.callee } as const;
  const value = gap.normal + gap.delay;
  return { signal: "gap", claim, value, normal: gap.normal, unit: "ms", query } as const;
}
