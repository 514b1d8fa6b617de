import type { Evidence, Hypothesis, Moment } from "../investigation.ts";
import type { Component, Instant } from "../telemetry/model.ts";
import { BIN } from "./bins.ts";
import { troubles } from "./objects.ts";
import { onset } from "./onset.ts";
import { normalOf } from "./readings.ts";
import { score } from "./robust.ts";
import type { Scene } from "./scene.ts";
import { firstOut, ILL, type Symptom } from "./symptoms.ts";

export interface TimelineParts {
  readonly scene: Scene;
  readonly raisedAt: Instant;
  /** When lanes say that components left their normal. */
  readonly onsets: ReadonlyMap<Component, Instant>;
  /** Entries where users were hurt. */
  readonly hurt: ReadonlySet<Component>;
  /** Of the components that ail, with the id of the evidence. */
  readonly symptoms: readonly (readonly [Symptom, Evidence])[];
  readonly named: readonly Hypothesis[];
  /** Calls from each component to the cause: who is nearer comes first within the uncertainty. */
  readonly hops: ReadonlyMap<Component, number>;
  readonly edges: number;
}
/** Changes and objects are told from so long before the onset. H. */
const BEFORE = 120_000;

/** The story in telemetry time. */
export function timeline(parts: TimelineParts): readonly Moment[] {
  const moments = [
    ...discovery(parts),
    ...announced(parts.scene),
    ...resourceOnsets(parts),
    ...componentOnsets(parts),
    { at: parts.raisedAt, within: 0, kind: "alarm" as const, text: "the alarm is raised" },
    ...conclusion(parts),
  ];
  return inOrder(moments, parts.hops);
}

/** By time; onsets whose uncertainties overlap stand with the nearest to the cause first. */
export function inOrder(moments: readonly Moment[], hops: ReadonlyMap<Component, number>): readonly Moment[] {
  const near = (one: Moment) => hops.get(one.component ?? "") ?? Number.POSITIVE_INFINITY;
  const slot = (one: Moment) => Math.floor(one.at / BIN);
  return moments.toSorted((a, b) => {
    if (a.kind === "onset" && b.kind === "onset" && slot(a) === slot(b) && near(a) !== near(b))
      return near(a) - near(b);
    return a.at - b.at;
  });
}

function discovery({ scene, edges }: TimelineParts): readonly Moment[] {
  const { from, to } = scene.past.window;
  const services = scene.quiet.all.size;
  const text = `${services} services and ${edges} ways between components are known, and what is normal for them from ${Math.round((to - from) / 1000)} s of quiet time`;
  return [{ at: to, within: 0, kind: "discovery", text }];
}

function announced(scene: Scene): readonly Moment[] {
  const within = { from: scene.onset - BEFORE, to: scene.now };
  const changes = scene.telemetry.changes(within);
  const objects = troubles(scene.telemetry.objects({ within }), changes);
  return [
    ...changes.map(({ at, component, kind, summary, status }): Moment => {
      const known = kind === "deploy" ? "deployed" : kind === "job" ? "job-ran" : "config-changed";
      const text = `${kind} of ${component}: ${summary}${status === "failed" ? " (it failed)" : ""}`;
      return { at, within: 0, kind: "change", component, text, evidence: `${component}/${known}` };
    }),
    ...objects.map(
      ({ at, component, instance, reason }): Moment => ({
        at,
        within: 0,
        kind: "object",
        component,
        text: `the platform reports "${reason}" for ${instance}`,
      }),
    ),
  ];
}

/** When the resources that speak for a cause left their normal. */
function resourceOnsets({ scene, named }: TimelineParts): readonly Moment[] {
  const found = new Map<string, Moment>();
  for (const one of named.flatMap((hypothesis) => hypothesis.evidence)) {
    const { query, component, id } = one;
    if (query.ask !== "series" || found.has(id)) continue;
    const track = scene.readings.tracks.values().find((t) => t.component === component && t.metric === query.metric);
    const normal = track && normalOf(track, scene.quiet.history);
    if (!track || !normal) continue;
    const z = new Map(track.bins.map((bin, i) => [bin, score(track.values[i] ?? 0, normal)]));
    const since = firstOut(z, Math.floor(scene.onset / BIN) - 6);
    if (since === undefined) continue;
    const text = `${component}: ${track.resource.name} out of normal`;
    found.set(id, { ...middleOf(since * BIN), kind: "onset", component, text, evidence: id });
  }
  return [...found.values()];
}

function componentOnsets({ scene, symptoms, onsets, hurt }: TimelineParts): readonly Moment[] {
  const moments: Moment[] = [];
  let users: Moment | undefined;
  for (const [symptom, evidence] of symptoms) {
    const { component, signal, values, worst } = symptom;
    const told = onsets.get(component);
    const since = told === undefined ? firstOut(values, Math.floor(scene.onset / BIN)) : Math.floor(told / BIN);
    if (since === undefined || worst < ILL) continue;
    const left = { ...middleOf(onset(since, values).at), component, evidence: evidence.id };
    moments.push({ ...left, kind: "onset", text: `${component}: ${signal} out of normal` });
    if (hurt.has(component) && (!users || left.at < users.at))
      users = { ...left, kind: "users-hurt", text: `users of ${component} are the first to feel it: ${signal}` };
  }
  return users ? [...moments, users] : moments;
}

/** An instant known to one bin: its middle, give or take half. */
const middleOf = (start: Instant) => ({ at: start + BIN / 2, within: BIN / 2 });

function conclusion({ scene, named }: TimelineParts): readonly Moment[] {
  const [first] = named;
  if (!first) return [];
  const { component, cause, evidence } = first;
  const text = `concluded: ${named.map((one) => `${one.cause} of ${one.component}`).join(" and ") || cause}`;
  return [{ at: scene.now, within: 0, kind: "conclusion", component, text, evidence: evidence[0].id }];
}
