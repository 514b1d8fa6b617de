import type { Agent } from "./agent.ts";
import type { Alarm, Diagnosis, Evidence, Hypothesis, Picture } from "./investigation.ts";
import { paged } from "./paged.ts";
import type { Component, Instant, Millis, Telemetry } from "./telemetry/model.ts";

/** A component and how much a rule suspects it; only the order counts. */
export interface Suspect {
  readonly component: Component;
  readonly score: number;
  readonly evidence: Evidence;
}
/** A simple rule, asked once: the alarm, when it was raised, and the telemetry of now. Best first; none: no answer. */
export type Rule = (alarm: Alarm, raisedAt: Instant, telemetry: Telemetry) => readonly Suspect[];

/** Of who names a cause and draws no picture of the incident. */
export const NO_PICTURE: Picture = {
  components: [],
  dependencies: [],
  errorPatterns: [],
  resources: [],
  blastRadius: { affected: [], bystanders: [], routes: [], lost: 0, lostPerMinute: 0, share: 0 },
  timeline: [],
  remedies: [],
  evidence: [],
};
/** Stated for the first; each place after it half as much. A rule knows nothing of its chances. */
const FIRST = 0.5;

/**
 * A reference: raises its alarms as the statistical agent does, and then names what a simple rule names. What such an
 * agent gets right needs no understanding.
 */
export function atAlarm(name: string, rule: Rule, wait: Millis = 0): Agent {
  return paged(
    name,
    ({ alarm, raisedAt }, telemetry) => {
      const suspects = rule(alarm, raisedAt, telemetry);
      return suspects.length > 0 ? diagnosisOf(name, suspects) : undefined;
    },
    wait,
  );
}

function diagnosisOf(name: string, suspects: readonly Suspect[]): Diagnosis {
  const scores = [...new Set(suspects.map(({ score }) => score))];
  const hypotheses = suspects.map(
    ({ component, score, evidence }): Hypothesis => ({
      component,
      cause: "unknown",
      confidence: FIRST / 2 ** scores.indexOf(score),
      sentence: `${component}, by the rule of ${name}`,
      evidence: [evidence],
      against: [],
    }),
  );
  return { kind: "diagnosis", outcome: "incident", hypotheses, named: 1, picture: NO_PICTURE, gaps: [] };
}
