import type { Evidence, FaultClass, Hypothesis, Picture } from "../../agent/investigation.ts";
import type { Component } from "../../agent/telemetry/model.ts";

/** The picture of whoever has not looked. */
export const NOTHING_SEEN: Picture = {
  components: [],
  dependencies: [],
  errorPatterns: [],
  resources: [],
  blastRadius: { affected: [], bystanders: [], routes: [], lost: 0, lostPerMinute: 0, share: 0 },
  timeline: [],
  remedies: [],
  evidence: [],
};

/** A hypothesis that rests on no telemetry. */
export function unseen(component: Component, cause: FaultClass, confidence: number, sentence: string): Hypothesis {
  const query = { ask: "changes", within: { from: 0, to: 0 }, component } as const;
  const evidence: Evidence = {
    id: `unseen/${component}`,
    component,
    signal: "structure",
    claim: sentence,
    // Nothing in telemetry shows it, so nobody can check it.
    direction: "absent",
    query,
  };
  return { component, cause, confidence, sentence, evidence: [evidence], against: [] };
}
