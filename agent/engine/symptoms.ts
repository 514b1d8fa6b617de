import type { Component } from "../telemetry/model.ts";
import { errorScore, latencyScore } from "./baseline.ts";
import { BIN, type Bin } from "./bins.ts";
import type { Scene } from "./scene.ts";

/** A component has a symptom from this score on. H. */
export const ILL = 3;

/** How far one component is from its normal, bin by bin. */
export interface Symptom {
  readonly component: Component;
  readonly signal: "latency" | "errors";
  readonly values: ReadonlyMap<Bin, number>;
  /** Largest score in the incident. */
  readonly worst: number;
}

/** The louder of a component's latency and error scores, over quiet time and the incident. Several ask it of a look. */
export function symptomOf(scene: Scene, component: Component): Symptom | undefined {
  const known = symptoms.get(scene) ?? new Map<Component, Symptom | undefined>();
  symptoms.set(scene, known);
  if (!known.has(component)) known.set(component, symptomIn(scene, component));
  return known.get(component);
}
const symptoms = new WeakMap<Scene, Map<Component, Symptom | undefined>>();

function symptomIn(scene: Scene, component: Component): Symptom | undefined {
  const norm = scene.quiet.all.get(component);
  if (!norm) return undefined;
  const onset = Math.floor(scene.onset / BIN);
  const latency = new Map<Bin, number>();
  const errors = new Map<Bin, number>();
  for (let bin = norm.bins[0] ?? onset; bin < scene.rollup.closed; bin++) {
    const cell = scene.rollup.all.get(bin)?.get(component);
    if (!cell) continue;
    latency.set(bin, latencyScore(cell, norm));
    errors.set(bin, errorScore(cell, norm));
  }
  const worst = (of: ReadonlyMap<Bin, number>) =>
    Math.max(0, ...[...of].filter(([bin]) => bin >= onset).map(([, z]) => z));
  const [slow, failing] = [worst(latency), worst(errors)];
  return slow >= failing
    ? { component, signal: "latency", values: latency, worst: slow }
    : { component, signal: "errors", values: errors, worst: failing };
}

/** The first bin of the incident in which a series is clearly out of its normal. */
export function firstOut(values: ReadonlyMap<Bin, number>, from: Bin): Bin | undefined {
  let first: Bin | undefined;
  for (const [bin, z] of values) if (bin >= from && z >= ILL && (first === undefined || bin < first)) first = bin;
  return first;
}
