import { chanceAt } from "../stats/chance.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";
import { acAt } from "./ranking.ts";

/** AC@1 beyond what a blind draw from the case's components gets: `(AC@1 - chance) / (1 - chance)`; below 0 is worse. */
export default {
  name: "lift-at-1",
  unit: "share",
  better: "higher",
  measure(trial, truth) {
    const components = trial.run.components.length;
    if (truth.incident && components <= truth.causes.length)
      return { kind: "not-applicable", why: "nothing but causes is in the inventory" };
    return onIncident(trial, truth, ({ ranked }, incident) => {
      const chance = chanceAt(1, components, incident.causes.length);
      return (acAt(ranked, incident, 1) - chance) / (1 - chance);
    });
  },
} satisfies Metric;
