import { seeded } from "../../generator/phase.ts";
import { type Calibration, calibration } from "../stats/calibration.ts";
import { type Entry, isIncident, numberOf, scored } from "./entry.ts";
import { type Estimate, estimate } from "./estimate.ts";

/** How much an agent ventures, and how far its confidence can be believed. */
export interface Confidence {
  /** Incidents in which it named a cause, and AC@1 of those. */
  readonly coverage: Estimate;
  readonly selective: Estimate;
  /** `(correct - wrong) / n` over incidents and controls: silence is 0 on an incident, a wrong accusation -1. */
  readonly net: Estimate;
  /** Of the first place's component, and of component and class; null when nothing was stated. */
  readonly place: Calibration | null;
  readonly joint: Calibration | null;
}
const SEED = 13;

export function confidenceOf(entries: readonly Entry[]): Confidence {
  const incidents = entries.filter(isIncident);
  const answered = incidents.filter(({ line }) => line.state === "correct" || line.state === "wrong");
  const net = entries.map((entry) => {
    const { state } = entry.line;
    return scored(entry, state === "correct" ? 1 : state === "no-answer" ? 0 : -1);
  });
  return {
    coverage: estimate(
      incidents.map((entry) => scored(entry, answered.includes(entry) ? 1 : 0)),
      "share",
    ),
    selective: estimate(
      answered.map((entry) => scored(entry, numberOf(entry, "ac-at-1") ?? 0)),
      "share",
    ),
    net: estimate(net, "mean"),
    place: stated(incidents, "ac-at-1"),
    joint: stated(incidents, "joint-at-1"),
  };
}

function stated(incidents: readonly Entry[], metric: string): Calibration | null {
  const all = incidents.flatMap((entry) => {
    const { confidence } = entry.line.answer;
    const right = numberOf(entry, metric);
    return confidence === null || right === null ? [] : [{ confidence, right }];
  });
  return calibration(all, seeded(SEED));
}
