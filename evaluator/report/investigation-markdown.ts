import type { Picture } from "../../agent/investigation.ts";
import type { Investigated } from "../investigate/investigated.ts";
import type { Provenance } from "../provenance.ts";
import { headingOf } from "./investigation-page.ts";
import { code, escaped, items, joined, ranked, remedies, timeline } from "./markdown.ts";
import { type Mark, markOf } from "./moments.ts";
import { clock, percent, utc, whole } from "./numbers.ts";
import { conclusion } from "./sections/conclusion.ts";
import { listed } from "./text.ts";

/** So many errors and gaps are worth a place; the rest stands in the page. */
const MOST = 12;

/** The investigation for a chat, a ticket or a pull request; every text from telemetry or an agent is escaped. */
export function renderInvestigationMarkdown(seen: Investigated, provenance: Provenance): string {
  const { investigation, window, agent, sources, scope } = seen;
  const { picture } = investigation;
  const { word, headline, sentences } = conclusion(seen);
  const marks = [...storyOf(picture), ...seen.findings.map(markOf)].sort((a, b) => a.at - b.at);
  return joined([
    [`# Investigation: ${escaped(headingOf(seen))}`],
    [`**${word}.** ${escaped(headline)}. ${sentences.map(escaped).join(" ")}`.trim()],
    [
      `Agent ${code(agent)}, ${utc(window.from)} to ${utc(window.to)}, scope: ${escaped(listed(scope, "everything"))}, telemetry: ${escaped(listed(sources))}. Times are minutes and seconds since the begin.`,
    ],
    ["## Impact", "", ...items(impact(picture))],
    ["## Timeline", "", ...timeline(marks, window.from)],
    ["## Cause", "", ...ranked(investigation, window.from)],
    ["## How requests failed", "", ...items(failures(picture, window.from))],
    ["## What to do", "", ...remedies(picture?.remedies ?? [])],
    ["## What could not be seen", "", ...items(gaps(investigation.gaps))],
    [
      `Made by Firedrill ${escaped(provenance.firedrill)}${provenance.commit ? ` (${code(provenance.commit)})` : ""}. The whole page is ${code("investigation.html")}, beside this file.`,
    ],
  ]);
}

function impact(picture: Picture | undefined): string[] {
  if (!picture) return ["The agent tells of no impact."];
  const { lost, lostPerMinute, share, affected, bystanders, routes } = picture.blastRadius;
  return [
    `${whole(lost)} user requests lost (${percent(share)} of all, ${whole(lostPerMinute)} a minute), failed or too slow beyond the baseline.`,
    `Affected: ${escaped(listed(affected.map(({ component }) => component)))}; not affected: ${escaped(listed(bystanders))}.`,
    ...routes
      .slice(0, MOST)
      .map((one) => `${code(`${one.component} ${one.route}`)}: ${percent(one.share)} of ${whole(one.requests)} lost`),
  ];
}

function failures(picture: Picture | undefined, start: number): string[] {
  const told = (picture?.errorPatterns ?? [])
    .slice(0, MOST)
    .map(
      (one) =>
        `${code(`${one.component} ${one.route}`)}: ${whole(one.failed)} ${escaped(one.kind)}, begins in ${code(one.origin)}, ${percent(one.shareOfRequests)} of its requests (normally ${percent(one.baselineShare)}), first at ${clock(one.first, start)}. ${escaped(one.detail)}`,
    );
  return told.length > 0 ? told : ["The agent saw no pattern of errors."];
}

/** The order of events as the agent reconstructed it. */
function storyOf(picture: Picture | undefined): readonly Mark[] {
  return (picture?.timeline ?? [])
    .filter(({ kind }) => kind !== "alarm" && kind !== "conclusion")
    .map(({ at, text, kind }) => ({
      at,
      who: kind === "users-hurt" || kind === "recovery" ? "users" : "agent",
      short: kind,
      text,
      right: null,
    }));
}

const gaps = (told: readonly string[]): string[] =>
  told.length > 0 ? told.slice(0, MOST).map(escaped) : ["The agent reports no gaps."];
