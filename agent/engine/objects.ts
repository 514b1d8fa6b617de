import type { Change, ClusterObject, Component, Window } from "../telemetry/model.ts";
import { isHeard } from "./bins.ts";
import { type Fact, type Scored, scored } from "./evidence.ts";
import type { Scene } from "./scene.ts";

/** Objects speak for an incident from 120 s before its onset to 60 s after. H. */
const BEFORE = 120_000;
const AFTER = 60_000;
/** A restart this close to a release belongs to it. H. */
const RELEASING = 30_000;
const CERTAIN = 4;

const REASONS: readonly (readonly [RegExp, Fact])[] = [
  [/oom|out of memory|\b137\b/i, "oom"],
  [/restart|exit|crash|back.?off|terminated|killed/i, "restarts"],
  [/throttl/i, "throttled"],
  [/disk.?pressure|evicted|enospc|no space/i, "disk-full"],
  [/unready|not.?ready|unhealthy|image.?pull|failed.?scheduling|probe/i, "not-ready"],
];
/** What the words of an object mean, if they mean trouble. */
export const meaningOf = (one: ClusterObject): Fact | undefined =>
  REASONS.find(([pattern]) => pattern.test(one.reason))?.[1];

/** Trouble that the platform reports, without what a release does anyway. */
export function troubles(objects: readonly ClusterObject[], changes: readonly Change[]): readonly ClusterObject[] {
  const deploys = changes.filter((change) => change.kind !== "job");
  return objects.filter((one) => {
    if (meaningOf(one) === undefined) return false;
    const released = deploys.some(
      (change) => change.component === one.component && Math.abs(one.at - change.at) <= RELEASING,
    );
    const again =
      objects.filter((other) => other.component === one.component && meaningOf(other) !== undefined).length >= 4;
    return !released || again;
  });
}

/** Channel K: what the platform says of objects around the onset. */
export function objectRules(scene: Scene): readonly Scored[] {
  const within: Window = { from: scene.onset - BEFORE, to: Math.min(scene.now, scene.onset + AFTER) };
  const seen = troubles(scene.telemetry.objects({ within }), scene.telemetry.changes(within));
  const found = new Map<string, Scored>();
  for (const one of seen) {
    const fact = meaningOf(one);
    const key = `${one.component} ${fact}`;
    if (!fact || found.has(key)) continue;
    const count = seen.filter((other) => other.component === one.component && meaningOf(other) === fact).length;
    const claim = `the platform reports "${one.reason}" for ${one.component}, ${count} times around the onset`;
    const query = { ask: "objects", within, component: one.component } as const;
    found.set(
      key,
      scored(
        "K",
        fact,
        one.component,
        count,
        { signal: "object", claim, direction: "present", value: count, query },
        CERTAIN,
      ),
    );
  }
  return [...found.values(), ...silences(scene)];
}

/** Components that used to answer and have fallen silent, by the newest three closed bins. H. */
function silences(scene: Scene): readonly Scored[] {
  const found: Scored[] = [];
  for (const [component, norm] of scene.quiet.all) {
    if (isHeard(scene.rollup, component) || norm.rate.middle < 5 || !isCalled(scene, component)) continue;
    const metrics = scene.readings.tracks
      .values()
      .some((track) => track.component === component && (track.bins.at(-1) ?? 0) >= scene.readings.closed - 2);
    const claim = `${component} is called and has sent no server span for 15 s${metrics ? "" : " and no metrics"}`;
    const query = { ask: "spans", within: scene.window, component, kind: "server" } as const;
    const told = { signal: "object", claim, direction: "absent", value: 0, normal: norm.rate.middle, query } as const;
    found.push(scored("K", "silent", component, 1, told, metrics ? 1.5 : CERTAIN));
  }
  return found;
}

const isCalled = (scene: Scene, component: Component) =>
  scene.entries.has(component) ||
  scene.digest.edges.values().some((edge) => edge.callee === component && edge.count > 0);

/** Changes that may have set the incident off: in effect before the onset, not older than half an hour. */
export function suspects(scene: Scene): readonly Change[] {
  const within = { from: scene.onset - 1_800_000, to: scene.onset + 5_000 };
  return scene.telemetry.changes(within).filter((change) => change.status === "succeeded");
}

export function changed(scene: Scene): readonly Scored[] {
  return suspects(scene).map((change) => {
    const fact: Fact = change.kind === "deploy" ? "deployed" : change.kind === "job" ? "job-ran" : "config-changed";
    const claim = `${change.kind} of ${change.component}: ${change.summary}`;
    const query = {
      ask: "changes",
      within: { from: change.at, to: change.at + 1 },
      component: change.component,
    } as const;
    return scored("K", fact, change.component, 0, { signal: "change", claim, direction: "present", query }, 0);
  });
}
