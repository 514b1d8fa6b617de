import { answerOf } from "../answer.ts";
import type { Run } from "../run.ts";
import type { Measurement, Verdict } from "../trial-record.ts";

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The verdict for a person, in a few lines. */
export function told(verdict: Verdict, report: string): string {
  const { trial, state } = verdict;
  const { run } = trial;
  return [
    `${run.scenario} (seed ${run.seed}), agent ${trial.agent}: ${state.toUpperCase()}`,
    ...why(verdict),
    `  truth     ${truthTold(verdict)}`,
    `  answer    ${answerTold(verdict)}`,
    ...detection(verdict),
    ...(run.imported ? [] : loadTold(run)),
    `  report    ${report}`,
    "",
  ].join("\n");
}

function loadTold(run: Run): string[] {
  const load = run.load.incident ?? run.load.all;
  return [
    `  load      offered ${load.offered.toFixed(1)} rps, achieved ${load.achieved.toFixed(1)}, p95 ${load.p95.toFixed(0)} ms, failing ${percent(load.errorShare)} during the watch`,
    ...Object.entries(run.load.apps).map(
      ([app, { requests, errorShare, how }]) =>
        `            ${app}: ${percent(errorShare)} of ${requests} failed${modes(how)}`,
    ),
  ];
}

/** The verdict in one line. */
export function toldInLine(verdict: Verdict): string {
  const { trial, truth, state, measurements } = verdict;
  const onset = measurements.get("ttd-from-onset");
  const detected = truth.incident ? `, detected ${instant(onset)} after users were hurt` : "";
  const said = `truth ${truthTold(verdict)}; answer ${answerTold(verdict)}${detected}`;
  const reasons = why(verdict).map((reason) => reason.trim());
  return `${trial.run.scenario} (seed ${trial.run.seed}): ${state.toUpperCase()}: ${reasons.join("; ") || said}`;
}

function modes(how: Readonly<Record<string, number>>): string {
  const parts = Object.entries(how).map(([kind, count]) => `${kind}: ${count}`);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

function why({ trial }: Verdict): string[] {
  if (trial.crashed !== null) return [`  the agent ended with an error: ${trial.crashed.split("\n")[0]}`];
  if (trial.validity.ok) return [];
  return trial.validity.broken.map(({ rule, saw, limit }) => `  does not count: ${rule}: ${saw} (limit: ${limit})`);
}

function truthTold({ truth }: Verdict): string {
  if (!truth.incident) return "no incident";
  return truth.causes.map(({ component, cause }) => `${component}: ${cause}`).join("; ");
}

function answerTold({ trial }: Verdict): string {
  const { pairs, named } = answerOf(trial.run, trial.findings);
  const first = pairs.flat()[0];
  if (first === undefined)
    return trial.findings.some((one) => one.kind === "alarm") ? "an alarm, no cause" : "no incident";
  const doubt = named.size === 0 ? " (not asserted)" : "";
  return `${first.component}: ${first.cause}, confidence ${first.confidence.toFixed(2)}${doubt}`;
}

function detection({ measurements, truth }: Verdict): string[] {
  const alarms = measurements.get("false-alarms");
  const cried = alarms?.kind === "value" && alarms.value > 0 ? [`  false     ${alarms.value} false alarms`] : [];
  if (!truth.incident) return cried;
  const onset = measurements.get("ttd-from-onset");
  const injection = measurements.get("ttd-from-injection");
  return [`  detected  ${instant(onset)} after users were hurt, ${instant(injection)} after injection`, ...cried];
}

function instant(measurement: Measurement | undefined): string {
  switch (measurement?.kind) {
    case "value":
      return seconds(measurement.value);
    case "censored":
      return `not within ${seconds(measurement.after)}`;
    default:
      return "unknown";
  }
}
