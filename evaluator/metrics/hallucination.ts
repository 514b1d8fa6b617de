import { tidy } from "../answer.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** Share of the distinct names in the answer that nothing in the recording has; an edge is known when both its ends are. */
export default {
  name: "hallucination",
  unit: "share",
  better: "lower",
  measure: (trial, truth) =>
    onIncident(trial, truth, ({ ranked }) => {
      const known = new Set([...trial.run.components, ...(trial.witness?.edges ?? []).flat()].map(tidy));
      const names = ranked.flat();
      const unknown = names.filter((name) => !name.split("->").every((end) => known.has(tidy(end))));
      return names.length === 0 ? 0 : unknown.length / names.length;
    }),
} satisfies Metric;
