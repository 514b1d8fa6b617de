import type { Truth } from "../scenarios/scenario.ts";
import acAt1 from "./metrics/ac-at-1.ts";
import acAt3 from "./metrics/ac-at-3.ts";
import causeRank from "./metrics/cause-rank.ts";
import exactSet from "./metrics/exact-set.ts";
import falseAlarms from "./metrics/false-alarms.ts";
import jointAt1 from "./metrics/joint-at-1.ts";
import thinking from "./metrics/thinking.ts";
import { fromInjection, fromOnset } from "./metrics/time-to-detect.ts";
import timeToLocate from "./metrics/time-to-locate.ts";
import { stateOf } from "./state.ts";
import type { Metric, Trial, Verdict } from "./trial-record.ts";

export const METRICS: readonly Metric[] = [
  causeRank,
  acAt1,
  acAt3,
  exactSet,
  jointAt1,
  fromInjection,
  fromOnset,
  timeToLocate,
  falseAlarms,
  thinking,
];

/** Truth and telemetry first meet here. */
export function judge(trial: Trial, truth: Truth): Verdict {
  const measurements = new Map(
    METRICS.map((metric) => [metric.name, { ...metric.measure(trial, truth), unit: metric.unit }] as const),
  );
  return { trial, truth, state: stateOf(trial, truth), measurements };
}
