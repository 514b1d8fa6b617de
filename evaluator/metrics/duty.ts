import { alarmedShare } from "../episodes.ts";
import type { Metric } from "../trial-record.ts";

/** Share of fault-free time spent in alarm: an agent that always cries detects everything. */
export default {
  name: "duty",
  unit: "share",
  better: "lower",
  measure(trial) {
    if (trial.crashed !== null) return { kind: "missing", why: "the agent ended with an error" };
    const value = alarmedShare(trial.run, trial.findings);
    return value === null ? { kind: "not-applicable", why: "no time was free of faults" } : { kind: "value", value };
  },
} satisfies Metric;
