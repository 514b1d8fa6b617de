import { answerOf } from "../../answer.ts";
import { episodes } from "../../episodes.ts";
import type { Measurement, Verdict } from "../../trial-record.ts";
import { type Fact, fact } from "../block.ts";
import { icon } from "../icons.ts";
import type { Markup } from "../markup.ts";
import { clock, duration, figure, latency, percent, perSecond } from "../numbers.ts";
import { counted, listed, name, plain, sentence } from "../text.ts";
import { causesOf, counting, spoken } from "../words.ts";

export interface Banner {
  readonly state: string;
  readonly word: string;
  readonly icon: Markup;
  readonly headline: string;
  readonly sentences: readonly string[];
  readonly reasons: readonly string[];
  readonly tiles: readonly Fact[];
}

/** The verdict in words. */
export function banner(verdict: Verdict): Banner {
  const { headline, sentences, word } = told(verdict);
  const { validity } = verdict.trial;
  const reasons = validity.ok
    ? []
    : validity.broken.map(({ rule, saw, limit }) => `${sentence(rule)}: ${saw}; the limit is: ${limit}`);
  return {
    state: verdict.state,
    word,
    icon: icon(verdict.state),
    headline: plain(headline),
    sentences: sentences.map((one) => plain(one)),
    reasons: reasons.map((one) => plain(one)),
    tiles: tiles(verdict),
  };
}

interface Told {
  readonly word: string;
  readonly headline: string;
  readonly sentences: readonly string[];
}
function told(verdict: Verdict): Told {
  const { state, truth, trial } = verdict;
  const answer = namedBy(verdict);
  switch (state) {
    case "invalid":
      return {
        word: "Invalid",
        headline: "This run does not count",
        sentences: [
          "A rule that makes a run trustworthy was broken, so the agent gets no score for it, good or bad. What it said is shown below.",
        ],
      };
    case "agent-error":
      return {
        word: "Agent error",
        headline: "The agent ended with an error",
        sentences: [firstLine(trial.crashed), aboutTruth(verdict)],
      };
    case "no-answer":
      return {
        word: "No answer",
        headline: "The agent named no cause",
        sentences: [silence(verdict), aboutTruth(verdict)],
      };
    case "correct":
      return truth.incident
        ? { word: "Correct", headline: `The agent named the true cause: ${answer}`, sentences: [mechanism(verdict)] }
        : {
            word: "Correct",
            headline: "Correct all-clear: nothing was wrong, and the agent said nothing was",
            sentences: [],
          };
    case "wrong":
      return truth.incident
        ? { word: "Wrong", headline: `The agent named ${answer}`, sentences: [aboutTruth(verdict)] }
        : { word: "False alarm", headline: "Nothing was wrong, and the agent cried wolf", sentences: [cried(verdict)] };
  }
}

function namedBy({ trial: { run, findings } }: Verdict): string {
  const diagnosis = counting(findings, answerOf(run, findings).at);
  const said = diagnosis?.hypotheses.slice(0, diagnosis.outcome === "incident" ? diagnosis.named : 0) ?? [];
  return listed(
    said.map(({ component, cause }) => `${name(component)} (${spoken(cause)})`),
    "nothing",
  );
}

const aboutTruth = (verdict: Verdict): string =>
  verdict.truth.incident
    ? `The true cause was ${causesOf(verdict)}. ${verdict.truth.mechanism}`
    : "In truth nothing was wrong.";

function mechanism({ truth, measurements }: Verdict): string {
  if (!truth.incident) return "";
  const joint = measurements.get("joint-at-1");
  const other =
    joint?.kind === "value" && joint.value === 0 ? "The place is right, the kind of fault is not: it was " : "";
  return other
    ? `${other}${listed(truth.causes.map(({ cause }) => spoken(cause)))}. ${truth.mechanism}`
    : truth.mechanism;
}

function silence({ trial: { run, findings } }: Verdict): string {
  const answer = answerOf(run, findings);
  if (answer.at !== null)
    return "Its last diagnosis while the fault was in force was inconclusive: it had candidates and asserted none.";
  const alarms = episodes(run, findings).length;
  return alarms > 0
    ? `It raised ${counted(alarms, "alarm")} but gave no diagnosis while the fault was in force.`
    : "It raised no alarm and gave no diagnosis while the fault was in force.";
}

function cried({ trial: { run, findings } }: Verdict): string {
  const alarms = episodes(run, findings).length;
  const blamed = findings.flatMap((one) => (one.kind === "diagnosis" ? one.hypotheses.slice(0, one.named) : []));
  const names = listed([...new Set(blamed.map(({ component }) => name(component)))]);
  return `It raised ${counted(alarms, "alarm")}${blamed.length > 0 ? ` and blamed ${names}` : ""}.`;
}

const firstLine = (crashed: string | null): string =>
  crashed?.split("\n")[0] ?? "It broke the protocol: a confidence outside 0 to 1.";

/** A few figures at the top; a run that does not count shows none of the agent's. */
function tiles(verdict: Verdict): Fact[] {
  const { trial, truth, measurements } = verdict;
  const { run, validity } = trial;
  const watched = fact("Run", duration(run.endedAt - run.startedAt), "from the first request to the last");
  if (!validity.ok)
    return [
      fact("Broken rules", String(validity.broken.length)),
      watched,
      fact("Users hurt", run.harmAt === null ? "no" : `from ${clock(run.harmAt, run.startedAt)}`),
      fact("What the agent named", namedBy(verdict), "not scored"),
    ];
  const alarms = measurements.get("false-alarms");
  const crying = fact(
    "False alarms",
    alarms?.kind === "value" ? String(alarms.value) : "n/a",
    "in time without a fault",
  );
  if (truth.incident) return [...found(verdict), crying];
  const { achieved, errorShare, p95 } = run.load.all;
  return [
    crying,
    watched,
    fact("Requests", perSecond(achieved), "sent on average"),
    fact("Failed requests", percent(errorShare), "the normal noise"),
    fact("p95 response time", latency(p95)),
  ];
}

/** How fast and how surely the cause was found. */
function found({ trial, measurements }: Verdict): Fact[] {
  const { confidence } = answerOf(trial.run, trial.findings);
  const of = (metric: string): Measurement | undefined => measurements.get(metric);
  const rank = of("cause-rank");
  const located = of("ttl-from-onset");
  return [
    fact("Detected after injection", time(of("ttd-from-injection"))),
    fact("Detected after onset", time(of("ttd-from-onset")), early(of("ttd-from-onset"))),
    fact("Cause found after onset", time(located), located?.kind === "value" ? "and it stayed so" : null),
    rank?.kind === "value"
      ? fact("Place of the true cause", figure(rank.value), "in the agent's list")
      : fact("Place of the true cause", "n/a", rank?.kind === "censored" ? null : (rank?.why ?? null)),
    fact(
      "Confidence",
      confidence === null ? "n/a" : percent(confidence),
      confidence === null ? "no diagnosis counts" : "of its first hypothesis",
    ),
  ];
}

function time(measured: Measurement | undefined): string {
  if (measured?.kind === "value") return duration(measured.value);
  return measured?.kind === "censored" ? `not within ${duration(measured.after)}` : "n/a";
}
const early = (measured: Measurement | undefined): string | null =>
  measured?.kind === "value" && measured.value < 0 ? "before users felt it" : null;
