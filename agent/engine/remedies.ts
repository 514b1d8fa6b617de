import type { BlastRadius, Evidence, Hypothesis, Remedy } from "../investigation.ts";
import type { Component } from "../telemetry/model.ts";
import { CERTAIN } from "./confidence.ts";
import { CURES, type Cure } from "./cures.ts";

/** What one lost request of a route is worth; 1 for all unless the operator says otherwise. */
export type RouteWeights = (component: Component, route: string) => number;

/** Easier to undo comes first on equal value. H. */
const UNDO: readonly string[] = ["rollback", "cut-retries", "end-holder", "scale", "raise-pool", "failover", "shed-load", "restart", "repair-path", "move", "fix"]; // biome-ignore format: a list
/** A change to blame is taken back first: it wins back this share. Engine page, section 13 (H). */
const TAKE_BACK = 0.9;

/** What to do about the named causes: confidence x lost requests a minute x effect, the most valuable first. */
export function remedies(
  named: readonly Hypothesis[],
  radius: BlastRadius,
  weights: RouteWeights = () => 1,
): readonly Remedy[] {
  const whole = radius.routes.reduce((total, one) => total + one.lost, 0);
  const weighed = radius.routes.reduce((total, one) => total + one.lost * weights(one.component, one.route), 0);
  const perMinute = whole > 0 ? (radius.lostPerMinute * weighed) / whole : 0;
  const found = named.flatMap((one) =>
    curesOf(one).map((cure) => ({ remedy: remedyOf(one, cure, perMinute), worth: one.confidence * cure.effect })),
  );
  return found
    .sort((a, b) => when(a.remedy) - when(b.remedy) || b.worth - a.worth || ease(a.remedy) - ease(b.remedy))
    .map((one) => one.remedy);
}

const when = (one: Remedy) => (one.when === "now" ? 0 : 1);
const ease = (one: Remedy) => (UNDO.includes(one.kind) ? UNDO.indexOf(one.kind) : UNDO.length);

function curesOf({ cause, trigger, evidence }: Hypothesis): readonly Cure[] {
  const cures = CURES[cause];
  if (trigger === undefined) return cures;
  // Changes stand in the order of time, and the last one is the one to blame.
  const change = evidence.findLast(({ signal }) => signal === "change");
  const text = change ? `Take back the ${change.claim}` : `Take back the change ${trigger} of $`;
  const steps = [`Roll the change ${trigger} back.`, "Add what failed to the checks before the next rollout."];
  const back: Cure = { kind: "rollback", text, when: "now", effect: TAKE_BACK, steps };
  return [back, ...cures.filter((cure) => cure.kind !== "rollback")];
}

function remedyOf(one: Hypothesis, cure: Cure, perMinute: number): Remedy {
  const place = (text: string) => placed(text, one.component);
  return {
    kind: cure.kind,
    text: place(cure.text),
    component: one.component,
    when: cure.when,
    value: one.confidence * perMinute * cure.effect,
    advice: one.confidence >= CERTAIN && cure.when === "now" ? "act" : "verify first",
    steps: cure.steps.map(place),
    recovers: signalOf(one.evidence),
  };
}

/** A text with its `$` filled in. */
export function placed(text: string, component: Component): string {
  const [caller = component, callee = component] = component.split("->");
  return text.replaceAll("$caller", caller).replaceAll("$callee", callee).replaceAll("$", component);
}

/** The signal that must come back: the strongest that has a number and a normal to return to. */
function signalOf(evidence: readonly [Evidence, ...Evidence[]]): Evidence {
  return evidence.find((one) => one.value !== undefined && one.normal !== undefined) ?? evidence[0];
}
