import type { Metric } from "../trial-record.ts";

/** Wall time the agent thought over the whole run; never part of a time to detect. */
export default {
  name: "thinking",
  unit: "ms",
  better: "lower",
  measure: (trial) =>
    trial.crashed === null
      ? { kind: "value", value: trial.thinking.total }
      : { kind: "missing", why: "the agent ended with an error" },
} satisfies Metric;
