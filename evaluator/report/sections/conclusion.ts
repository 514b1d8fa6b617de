import type { Diagnosis, Stamped } from "../../../agent/investigation.ts";
import { type Investigated, type Outcome, outcomeOf } from "../../investigate/investigated.ts";
import { type Fact, fact } from "../block.ts";
import { icon } from "../icons.ts";
import { clock, duration, percent, whole } from "../numbers.ts";
import { counted, listed, name, plain } from "../text.ts";
import { spoken } from "../words.ts";
import type { Banner } from "./banner.ts";

const WORDS: Readonly<Record<Outcome, string>> = {
  incident: "Cause named",
  suspected: "No cause named",
  normal: "Nothing found",
  unknown: "Cannot say",
  "nothing-said": "Nothing said",
  crashed: "Agent error",
  "nothing-received": "No telemetry",
};
/** Nobody knows the truth here, and the page must not look as if somebody did. */
const UNCHECKED = "This is what the agent concluded. No truth is known here, so nobody has checked it.";

/** The last diagnosis, if any. */
export const lastDiagnosis = ({ findings }: Investigated): Stamped<Diagnosis> | undefined =>
  findings.findLast((one): one is Stamped<Diagnosis> => one.kind === "diagnosis");

/** What the agent concluded, without a word on whether it is right. */
export function conclusion(seen: Investigated): Banner {
  const outcome = outcomeOf(seen);
  const { headline, sentences } = told(seen, outcome);
  return {
    state: `found-${outcome}`,
    word: WORDS[outcome],
    icon: icon(outcome),
    headline: plain(headline),
    sentences: sentences.filter((one) => one !== "").map((one) => plain(one)),
    reasons: [],
    tiles: outcome === "nothing-received" ? [] : tiles(seen),
  };
}

interface Told {
  readonly headline: string;
  readonly sentences: readonly string[];
}
function told(seen: Investigated, outcome: Outcome): Told {
  const { investigation, question, crashed } = seen;
  const { hypotheses, named } = investigation;
  const [first] = hypotheses;
  switch (outcome) {
    case "incident": {
      const causes = hypotheses.slice(0, named).map(({ component, cause }) => `${name(component)} (${spoken(cause)})`);
      return { headline: `The agent names ${listed(causes)}`, sentences: [first?.sentence ?? "", UNCHECKED] };
    }
    case "suspected":
      return {
        headline: first
          ? `The agent is not sure; it considers ${name(first.component)} (${spoken(first.cause)})`
          : "Something is out of normal, and the agent names no cause",
        sentences: [first?.sentence ?? "", UNCHECKED],
      };
    case "normal":
      return {
        headline: question
          ? "Nothing that was asked about is out of normal"
          : "Nothing is out of normal, as far as the agent can see",
        sentences: [question ? (investigation.gaps.at(-1) ?? "") : "", UNCHECKED],
      };
    case "unknown":
      return {
        headline: "Too little was seen to say anything",
        sentences: [
          `${listed(investigation.gaps)}.`,
          "An agent must know what is normal first: about two minutes of requests.",
        ],
      };
    case "nothing-said":
      return { headline: "The agent said nothing", sentences: ["It may be one that answers no questions."] };
    case "crashed":
      return { headline: "The agent ended with an error", sentences: [crashed?.split("\n")[0] ?? ""] };
    case "nothing-received":
      return {
        headline: "Nothing was received",
        sentences: [`No span, metric or log line came from: ${listed(seen.sources)}.`],
      };
  }
}

/** A few figures at the top. */
function tiles(seen: Investigated): readonly Fact[] {
  const { investigation, window, telemetry } = seen;
  const { raisedAt, hypotheses, picture, baseline } = investigation;
  const [first] = hypotheses;
  const onset = lastDiagnosis(seen)?.onset;
  const time = (at: number): string => clock(at, window.from);
  const looked = fact("Looked at", duration(window.to - window.from), "of telemetry");
  if (!first)
    return [
      looked,
      fact("Components", whole(telemetry.components({ from: 0, to: window.to + 1 }).length), "heard of"),
      fact("Alarms", raisedAt === undefined ? "none" : `first at ${time(raisedAt)}`),
      fact("Normal known from", baseline ? counted(baseline.bins, "bin") : "nothing", "of 5 s each"),
    ];
  const blast = picture?.blastRadius;
  const [remedy] = picture?.remedies ?? [];
  return [
    fact("Confidence", percent(first.confidence), "stated by the agent for its first hypothesis"),
    fact(
      "Began",
      onset === undefined ? "not told" : time(onset),
      raisedAt === undefined ? "no alarm" : `alarm at ${time(raisedAt)}`,
    ),
    ...(blast
      ? [
          fact(
            "User requests lost",
            percent(blast.share),
            `${whole(blast.lost)} in all, ${whole(blast.lostPerMinute)} a minute`,
          ),
          fact("Components affected", whole(blast.affected.length), `not affected: ${listed(blast.bystanders)}`),
        ]
      : []),
    ...(remedy ? [fact("First thing to do", plain(remedy.text, 120), `advice: ${remedy.advice}`)] : []),
  ];
}
