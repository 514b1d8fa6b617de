import { falseAlarms } from "../episodes.ts";
import type { Metric } from "../trial-record.ts";

/** Alarm episodes that began in fault-free time. */
export default {
  name: "false-alarms",
  unit: "count",
  better: "lower",
  measure: (trial) =>
    trial.crashed === null
      ? { kind: "value", value: falseAlarms(trial.run, trial.findings) }
      : { kind: "missing", why: "the agent ended with an error" },
} satisfies Metric;
