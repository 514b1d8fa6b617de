import type { Evidence, Hypothesis, Investigation, Remedy } from "../../agent/investigation.ts";
import { answerOf } from "../answer.ts";
import { type Mark, marks } from "./moments.ts";
import { clock, latency, percent, perSecond, utc, whole } from "./numbers.ts";
import type { ReportInput } from "./render.ts";
import { banner } from "./sections/banner.ts";
import { name, plain } from "./text.ts";
import { asked, causesOf, counting, spoken } from "./words.ts";

/** So much of each list is worth a place in a pull request; the rest stands in report.html. */
const MOST = 12;

/**
 * A draft of a post-mortem for a pull request: impact, timeline, cause with evidence, remedies, follow-ups. Every text
 * from telemetry or an agent is escaped: it can be no markup, link, mention or image. The same input gives the same text.
 */
export function renderMarkdown({ verdict, provenance }: ReportInput): string {
  const { run, agent } = verdict.trial;
  const { word, headline, sentences, reasons } = banner(verdict);
  const parts: readonly (readonly string[])[] = [
    [`# Post-mortem draft: ${escaped(run.title)}`],
    [`**${word}.** ${escaped(headline)}. ${sentences.map(escaped).join(" ")}`.trim()],
    items(reasons.map((reason) => `✗ ${escaped(reason)}`)),
    [
      `Drill ${code(run.scenario)}, agent ${code(agent)}, run ${code(run.id)}, begun ${utc(run.startedAt)}. A drill, not a real incident: times are minutes and seconds of the run.`,
    ],
    ["## Impact", "", ...items(impact(verdict))],
    ["## Timeline", "", ...timeline(marks(verdict), verdict.trial.run.startedAt)],
    ["## Cause", "", ...cause(verdict)],
    ["## What to do", "", ...remedies(verdict.trial.investigation.picture?.remedies ?? [])],
    ["## Follow-ups", "", ...items(followUps(verdict))],
    [
      `Made by Firedrill ${escaped(provenance.firedrill)}${provenance.commit ? ` (${code(provenance.commit)})` : ""}${provenance.replayed ? ", from a recording" : ""}. The whole report is ${code("report.html")}, beside this file.`,
    ],
  ];
  return joined(parts);
}

/** Parts with an empty line between them; an empty part leaves none. */
export function joined(parts: readonly (readonly string[])[]): string {
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n").trimEnd())
    .join("\n\n")}\n`;
}

type Verdict = ReportInput["verdict"];

function impact({ trial: { run, investigation } }: Verdict): string[] {
  const { incident, all } = run.load;
  const felt = run.inForceAt === null ? all : (incident ?? all);
  const normal = run.normal["all"];
  const was = (text: string | undefined): string => (text === undefined ? "" : `, normally ${text}`);
  const blast = investigation.picture?.blastRadius;
  const apps = Object.entries(run.load.apps).map(
    ([app, { requests, errorShare }]) =>
      `${code(app)}: ${percent(errorShare)} of ${whole(requests)} requests failed${was(run.normal[app] && percent(run.normal[app].badShare))}`,
  );
  return [
    run.harmAt === null
      ? "Users were not measurably hurt."
      : `Users were hurt from ${clock(run.harmAt, run.startedAt)}${run.recoveredAt === null ? "" : ` and well again at ${clock(run.recoveredAt, run.startedAt)}`}.`,
    `${percent(felt.errorShare)} of requests failed${was(normal && percent(normal.badShare))}; the p95 response time was ${latency(felt.p95)}${was(normal && latency(normal.p95))}, at ${perSecond(felt.achieved)}.`,
    ...apps,
    ...(blast
      ? [`In the agent's count ${whole(blast.lost)} requests were lost, ${whole(blast.lostPerMinute)} a minute.`]
      : []),
  ];
}

/** Marks in order; a diagnosis says whether it was right, where that is known. */
export function timeline(marks: readonly Mark[], start: number): string[] {
  const rows = marks.map(({ at, who, text, right }) => {
    const judged = right === null ? "" : right ? " (✓ right)" : " (✗ not right)";
    return `| ${clock(at, start)} | ${who} | ${escaped(plain(text, 300))}${judged} |`;
  });
  return rows.length === 0 ? ["Nothing was marked."] : ["| When | Who | What |", "| ---: | --- | --- |", ...rows];
}

function cause(verdict: Verdict): string[] {
  const { run, findings, investigation } = verdict.trial;
  const counts = counting(findings, answerOf(run, findings).at);
  const truth = `In truth: ${escaped(causesOf(verdict))}.${verdict.truth.incident ? ` ${escaped(verdict.truth.mechanism)}` : ""}`;
  return [truth, "", ...ranked(counts ?? investigation, run.startedAt)];
}

/** The first hypotheses with their proof. */
export function ranked({ hypotheses, named }: Pick<Investigation, "hypotheses" | "named">, start: number): string[] {
  const told = hypotheses.slice(0, 3).flatMap((one, i) => hypothesis(one, i, i < named, start));
  return told.length > 0 ? ["The agent's hypotheses:", "", ...told] : ["The agent gave no hypothesis."];
}

function hypothesis(one: Hypothesis, i: number, named: boolean, start: number): string[] {
  const said = `${i + 1}. **${escaped(name(one.component))}: ${escaped(spoken(one.cause))}**, ${percent(one.confidence)}, ${named ? "named as a cause" : "considered"}. ${escaped(one.sentence)}`;
  const proof = one.evidence.slice(0, 5).map((each) => `   - ${proven(each, start)}`);
  const against = one.against.slice(0, 5).map((each) => `   - Against it: ${escaped(each)}`);
  return [said, ...proof, ...against];
}

/** A claim holds its numbers; the query lets anyone ask again. */
const proven = ({ claim, query }: Evidence, start: number): string => `${escaped(claim)}: ${code(asked(query, start))}`;

export function remedies(all: readonly Remedy[]): string[] {
  if (all.length === 0) return ["The agent proposes nothing."];
  return all
    .slice(0, MOST)
    .flatMap((one, i) => [
      `${i + 1}. **${escaped(one.text)}** (${one.when}, ${escaped(one.advice)}; worth about ${whole(one.value)} requests a minute)`,
      ...one.steps.slice(0, MOST).map((step) => `   - ${escaped(step)}`),
      `   - It has worked when this is normal again: ${escaped(one.recovers.claim)}`,
    ]);
}

/** What is left to do: later remedies, what the agent could not see, and an answer that was not right. */
function followUps({ state, trial, truth }: Verdict): string[] {
  const { picture, gaps } = trial.investigation;
  const task = (text: string): string => `[ ] ${text}`;
  return [
    ...(state === "invalid" ? [task("Repeat the drill: this run does not count.")] : []),
    ...(state === "correct" || state === "invalid"
      ? []
      : [
          task(
            `Find out why the agent was ${truth.incident ? "not right" : "alarmed by nothing"} here, and replay this recording against the mended agent.`,
          ),
        ]),
    ...(picture?.remedies ?? []).filter(({ when }) => when === "later").map(({ text }) => task(escaped(text))),
    ...gaps.slice(0, MOST).map((gap) => task(`Close a gap in what can be seen: ${escaped(gap)}`)),
    task("Repeat the drill after the change and compare."),
  ];
}

export const items = (all: readonly string[]): string[] => all.map((one) => `- ${one}`);

/** Between the characters of a mention, a reference or an address it makes them plain text, and shows nothing. */
const JOINER = "\u2060";
const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Text as text: whatever Markdown, HTML or a forge would read as more is escaped, and it stays on one line. */
export function escaped(text: string): string {
  return plain(text)
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_{}[\]#+!|~$]/g, "\\$&")
    .replace(/[&<>]/g, (one) => ENTITIES[one] ?? one)
    .replace(/[@#]/g, `$&${JOINER}`)
    .replace(/(https?|ftp|mailto|www)([:.])/gi, `$1${JOINER}$2`)
    .replace(/^[-=]/, "\\$&")
    .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2");
}

/** A code span that the text in it cannot end. */
export function code(text: string): string {
  const one = plain(text, 200).replace(/\s+/g, " ").trim();
  const longest = Math.max(0, ...[...one.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return one === "" ? "" : `${fence}${pad}${one}${pad}${fence}`;
}
