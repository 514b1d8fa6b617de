import type { Truth } from "../scenarios/scenario.ts";
import acAt1 from "./metrics/ac-at-1.ts";
import acAt3 from "./metrics/ac-at-3.ts";
import acAt5 from "./metrics/ac-at-5.ts";
import anyCorrect from "./metrics/any-correct.ts";
import apAtFullRecall from "./metrics/ap-at-full-recall.ts";
import avgAt5 from "./metrics/avg-at-5.ts";
import causeRank from "./metrics/cause-rank.ts";
import claimContradicted from "./metrics/claim-contradicted.ts";
import claimGrounded from "./metrics/claim-grounded.ts";
import decoyHit from "./metrics/decoy-hit.ts";
import duty from "./metrics/duty.ts";
import exactSet from "./metrics/exact-set.ts";
import f1 from "./metrics/f1.ts";
import falseAlarms from "./metrics/false-alarms.ts";
import flips from "./metrics/flips.ts";
import hallucination from "./metrics/hallucination.ts";
import jointAt1 from "./metrics/joint-at-1.ts";
import jointExact from "./metrics/joint-exact.ts";
import liftAt1 from "./metrics/lift-at-1.ts";
import mrr from "./metrics/mrr.ts";
import precision from "./metrics/precision.ts";
import proximity from "./metrics/proximity.ts";
import recall from "./metrics/recall.ts";
import remedy from "./metrics/remedy.ts";
import symptomHit from "./metrics/symptom-hit.ts";
import thinking from "./metrics/thinking.ts";
import { fromInjection, fromOnset } from "./metrics/time-to-detect.ts";
import timeToLocate from "./metrics/time-to-locate.ts";
import triggerHit from "./metrics/trigger-hit.ts";
import { stateOf } from "./state.ts";
import type { Metric, Trial, Verdict } from "./trial-record.ts";

export const METRICS: readonly Metric[] = [
  causeRank,
  acAt1,
  acAt3,
  acAt5,
  avgAt5,
  mrr,
  liftAt1,
  exactSet,
  anyCorrect,
  precision,
  recall,
  f1,
  apAtFullRecall,
  jointAt1,
  jointExact,
  triggerHit,
  symptomHit,
  decoyHit,
  proximity,
  hallucination,
  remedy,
  claimGrounded,
  claimContradicted,
  fromInjection,
  fromOnset,
  timeToLocate,
  flips,
  falseAlarms,
  duty,
  thinking,
];

/** Truth and telemetry first meet here. */
export function judge(trial: Trial, truth: Truth): Verdict {
  const measurements = new Map(
    METRICS.map((metric) => [metric.name, { ...metric.measure(trial, truth), unit: metric.unit }] as const),
  );
  return { trial, truth, state: stateOf(trial, truth), measurements };
}
