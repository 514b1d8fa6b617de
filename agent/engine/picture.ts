import type { Evidence, Hypothesis, Picture } from "../investigation.ts";
import { BIN } from "./bins.ts";
import { componentStates, type Look } from "./component-states.ts";
import { correlate } from "./correlate.ts";
import { dependencyMap } from "./dependency-map.ts";
import { errorPatterns } from "./error-patterns.ts";
import { figure, type Scored } from "./evidence.ts";
import { callersOf, impact } from "./impact.ts";
import type { Case } from "./investigate.ts";
import { remedies } from "./remedies.ts";
import type { Scene } from "./scene.ts";
import { ILL, type Symptom, symptomOf } from "./symptoms.ts";
import { timeline } from "./timeline.ts";

/** Everything found out beside the ranked causes. `named` are the hypotheses that are asserted. */
export function pictureOf(one: Case, facts: readonly Scored[], ranked: readonly Hypothesis[], named: number): Picture {
  const { scene } = one;
  const components = componentStates(lookOf(scene, facts));
  const dependencies = dependencyMap(scene.past.whole, scene.digest);
  const cause = ranked[0]?.component;
  const asserted = ranked.slice(0, named);
  const blastRadius = impact(cause, components, dependencies, scene, scene.past);
  const correlated = correlate(scene);
  const symptoms = symptomsOf(scene);
  const told = [
    ...facts.map((fact) => fact.evidence),
    ...correlated.evidence,
    ...symptoms.map(([, evidence]) => evidence),
  ];
  const hops = cause === undefined ? new Map<string, number>() : callersOf(cause, dependencies);
  const { onsets, hurt, raisedAt } = one;
  return {
    components,
    dependencies,
    errorPatterns: errorPatterns(scene, scene.past),
    resources: correlated.resources,
    blastRadius,
    timeline: timeline({ scene, raisedAt, onsets, hurt, symptoms, named: asserted, hops, edges: dependencies.length }),
    remedies: remedies(asserted, blastRadius),
    evidence: [...new Map(told.map((evidence) => [evidence.id, evidence])).values()],
  };
}

function lookOf(scene: Scene, facts: readonly Scored[]): Look {
  const { rollup, quiet, digest, past, entries, surge, telemetry } = scene;
  const slow = facts.filter((one) => one.fact === "gap" && one.component.includes("->"));
  return {
    rollup,
    quiet,
    from: Math.floor(scene.onset / BIN),
    to: rollup.closed,
    now: digest,
    past: past.whole,
    entries,
    cards: telemetry.components({ from: past.window.from, to: scene.now }),
    surge,
    beyondSlowWays: new Set(slow.flatMap((one) => one.component.split("->")[1] ?? [])),
  };
}

/** What each ailing component suffers from, as evidence. */
function symptomsOf(scene: Scene): readonly (readonly [Symptom, Evidence])[] {
  return [...scene.quiet.all.keys()].sort().flatMap((component) => {
    const symptom = symptomOf(scene, component);
    if (!symptom || symptom.worst < ILL) return [];
    const { signal, worst } = symptom;
    const errors = signal === "errors" ? { failed: true } : {};
    const evidence: Evidence = {
      id: `${component}/symptom`,
      component,
      signal,
      claim: `${signal} of ${component} is up to ${figure(worst)} scales beyond its normal`,
      direction: "up",
      value: worst,
      unit: "1",
      query: { ask: "spans", within: scene.window, component, kind: "server", ...errors },
    };
    return [[symptom, evidence] as const];
  });
}
