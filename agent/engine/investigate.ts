import type { Diagnosis } from "../investigation.ts";
import type { Component, Instant } from "../telemetry/model.ts";
import { type Calibration, DEVELOPMENT } from "./confidence.ts";
import { factsOf } from "./facts.ts";
import { gapsIn } from "./gaps.ts";
import { pictureOf } from "./picture.ts";
import type { Scene } from "./scene.ts";
import { judge } from "./verdict.ts";

export interface Case {
  readonly scene: Scene;
  /** When each component left its normal, as far as known. */
  readonly onsets: ReadonlyMap<Component, Instant>;
  /** Entries where users were hurt. */
  readonly hurt: ReadonlySet<Component>;
  readonly raisedAt: Instant;
  /** The leader so far. */
  readonly previous?: Component;
}

/** One look at an incident: facts, ranked hypotheses, and the picture around them. */
export function investigate(one: Case, calibration: Calibration = DEVELOPMENT): Diagnosis {
  const { scene, onsets, hurt, previous } = one;
  const facts = factsOf(scene);
  const { hypotheses, named } = judge(scene, facts, onsets, hurt, calibration, previous);
  const gaps = gapsIn(scene);
  return {
    kind: "diagnosis",
    outcome: named > 0 ? "incident" : "inconclusive",
    hypotheses,
    named,
    onset: scene.onset,
    picture: pictureOf(one, facts, hypotheses, named),
    gaps: named > 0 ? gaps : [...gaps, "the evidence does not single out one component"],
  };
}

/** Has anything changed that is worth saying: the leader, its cause, or its confidence by a tenth? */
export function differs(a: Diagnosis | undefined, b: Diagnosis): boolean {
  if (!a || a.outcome !== b.outcome || a.named !== b.named) return true;
  const [x, y] = [a.hypotheses[0], b.hypotheses[0]];
  return (
    x?.component !== y?.component ||
    x?.cause !== y?.cause ||
    Math.abs((x?.confidence ?? 0) - (y?.confidence ?? 0)) >= 0.1
  );
}
