import type { Evidence, Hypothesis, Investigation } from "../../../agent/investigation.ts";
import type { Instant } from "../../../agent/telemetry/model.ts";
import type { Verdict } from "../../trial-record.ts";
import { type Block, type Card, code, fold, list, prose, type Section, table } from "../block.ts";
import { meter } from "../charts/meter.ts";
import { clock, percent, quantity } from "../numbers.ts";
import { counted, name, plain } from "../text.ts";
import { asked, spoken } from "../words.ts";

const OUTCOMES: Readonly<Record<Investigation["outcome"], string>> = {
  incident: "The agent says that there was an incident.",
  inconclusive: "The agent saw something and asserts no cause; its hypotheses are candidates.",
  "all-clear": "The agent says that all is clear.",
  "nothing-said": "The agent said nothing.",
};

/** What the agent concluded at its end: ranked causes, with what speaks for and against each. */
export function investigation({ trial }: Verdict): Section {
  const { investigation: told, run, crashed } = trial;
  const start = run.startedAt;
  const cards = told.hypotheses.map((one, i) => card(one, i, told.named, start));
  const blocks: Block[] = [];
  if (cards.length > 0) blocks.push({ kind: "cards", cards });
  else blocks.push(prose("There are no hypotheses.", "quiet"));
  const own = new Set(told.hypotheses.flatMap((one) => one.evidence.map(({ id }) => id)));
  const more = (told.picture?.evidence ?? []).filter(({ id }) => !own.has(id));
  if (more.length > 0)
    blocks.push(
      fold(`${counted(more.length, "more observation")} behind the picture as a whole`, [
        evidence("Other evidence", more, start),
      ]),
    );
  if (crashed !== null) blocks.push(fold("The agent's error, in full", [code("Error of the agent", crashed)]));
  const raised = told.raisedAt === undefined ? "" : ` It raised its first alarm at ${clock(told.raisedAt, start)}.`;
  const concluded =
    told.concludedAt === undefined ? "" : ` Its last diagnosis came at ${clock(told.concludedAt, start)}.`;
  return {
    id: "investigation",
    nav: "Findings",
    title: "What the agent found",
    lead: `${OUTCOMES[told.outcome]}${raised}${concluded}`,
    blocks,
  };
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
