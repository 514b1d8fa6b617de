import { isTrueClass } from "../answer.ts";
import type { Metric } from "../trial-record.ts";
import { onIncident } from "./incident.ts";

/** Chance that a component drawn from the top group and one of its best hypotheses are both right. */
export default {
  name: "joint-at-1",
  unit: "share",
  better: "higher",
  measure(trial, truth) {
    if (truth.incident && truth.causes.every(({ cause }) => cause === "unknown"))
      return { kind: "not-applicable", why: "the data set tells no fault class" };
    return onIncident(trial, truth, (answer) => {
      const top = answer.ranked[0] ?? [];
      const chances = top.map((component) => {
        const own = answer.pairs.map((group) => group.filter((pair) => pair.component === component));
        const best = own.find((group) => group.length > 0) ?? [];
        return best.length === 0 ? 0 : best.filter((pair) => isTrueClass(truth, pair)).length / best.length;
      });
      return chances.length === 0 ? 0 : chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
    });
  },
} satisfies Metric;
