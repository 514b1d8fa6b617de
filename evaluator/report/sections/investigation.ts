import type { Evidence, Hypothesis, Investigation, Picture } from "../../../agent/investigation.ts";
import type { Instant } from "../../../agent/telemetry/model.ts";
import { answerOf } from "../../answer.ts";
import type { Verdict } from "../../trial-record.ts";
import { type Block, type Card, cards, code, fold, list, prose, type Section, table } from "../block.ts";
import { meter } from "../charts/meter.ts";
import { clock, percent, quantity } from "../numbers.ts";
import { counted, name, plain } from "../text.ts";
import { asked, counting, spoken } from "../words.ts";

const OUTCOMES: Readonly<Record<Investigation["outcome"], string>> = {
  incident: "The agent says that there was an incident.",
  inconclusive: "The agent saw something and asserts no cause; its hypotheses are candidates.",
  "all-clear": "The agent says that all is clear.",
  "nothing-said": "The agent said nothing.",
};

/** What the agent concluded in a drill, by the diagnosis that counts. */
export function investigation({ trial }: Verdict): Section {
  const { investigation: told, run, findings, crashed } = trial;
  const start = run.startedAt;
  const counts = counting(findings, answerOf(run, findings).at);
  const { hypotheses, named } = counts ?? told;
  const lead = `${OUTCOMES[told.outcome]}${when(told, counts?.at, start)}`;
  return found({ start, lead, hypotheses, named, picture: told.picture, crashed });
}

export interface Account extends Pick<Investigation, "hypotheses" | "named"> {
  /** The time that is told as 0:00. */
  readonly start: Instant;
  readonly lead: string;
  readonly picture: Picture | undefined;
  readonly crashed: string | null;
}

/** Ranked causes, with what speaks for and against each. */
export function found({ start, lead, hypotheses, named, picture, crashed }: Account): Section {
  const blocks: Block[] =
    hypotheses.length > 0
      ? [...cards(hypotheses.map((one, i) => card(one, i, named, start)))]
      : [prose("There are no hypotheses.", "quiet")];
  const own = new Set(hypotheses.flatMap((one) => one.evidence.map(({ id }) => id)));
  const more = (picture?.evidence ?? []).filter(({ id }) => !own.has(id));
  if (more.length > 0)
    blocks.push(
      fold(`${counted(more.length, "more observation")} behind the picture as a whole`, [
        evidence("Other evidence", more, start),
      ]),
    );
  if (crashed !== null) blocks.push(fold("The agent's error, in full", [code("Error of the agent", crashed)]));
  return {
    id: "investigation",
    nav: "Findings",
    title: "What the agent found",
    lead,
    blocks,
  };
}

/** When it spoke, and which diagnosis is shown where several differ. */
function when(told: Investigation, counts: Instant | undefined, start: Instant): string {
  const raised = told.raisedAt === undefined ? "" : ` It raised its first alarm at ${clock(told.raisedAt, start)}.`;
  if (told.concludedAt === undefined) return raised;
  const last = ` Its last diagnosis came at ${clock(told.concludedAt, start)}`;
  if (counts === undefined) return `${raised}${last}, at a time that does not count.`;
  if (counts === told.concludedAt) return `${raised}${last}, and is the one that counts.`;
  return `${raised}${last}, after the fault began to be taken back; its causes below are those of ${clock(counts, start)}, the diagnosis that counts.`;
}

function card(one: Hypothesis, i: number, named: number, start: Instant): Card {
  const against =
    one.against.length > 0
      ? list("What speaks against it", one.against)
      : prose("Nothing was found that speaks against it.", "quiet");
  const trigger = one.trigger === undefined ? [] : [prose(`Triggered by the change ${name(one.trigger)}.`)];
  return {
    title: `${name(one.component)}: ${spoken(one.cause)}`,
    badge: `${i + 1}`,
    tone: i < named ? "named" : "considered",
    aside: meter(
      one.confidence,
      `Confidence ${percent(one.confidence)}, ${i < named ? "named as a cause" : "considered"}`,
    ),
    text: plain(one.sentence),
    blocks: [...trigger, evidence(`Evidence for hypothesis ${i + 1}`, one.evidence, start), against],
  };
}

function evidence(caption: string, all: readonly Evidence[], start: Instant): Block {
  const rows = all.map((one) => [
    { text: plain(one.claim), note: `${name(one.component)}, ${one.signal}, ${one.direction}`, class: "wide-cell" },
    one.value === undefined ? "" : quantity(one.value, one.unit),
    one.normal === undefined ? "" : quantity(one.normal, one.unit),
    one.strength === undefined ? "" : `${one.strength.toFixed(1)} of 4`,
    { text: asked(one.query, start), note: null, class: "query" },
  ]);
  return table(caption, ["Claim", "#Value", "#Normal", "#Strength", "Query that proves it"], rows);
}
