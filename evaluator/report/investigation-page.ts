import { type Investigated, outcomeOf } from "../investigate/investigated.ts";
import type { Provenance } from "../provenance.ts";
import { type Fact, fact, type Section } from "./block.ts";
import type { Stretch } from "./charts/golden.ts";
import { verbatim } from "./markup.ts";
import { markOf } from "./moments.ts";
import { clock, duration, utc } from "./numbers.ts";
import { pageOf } from "./page.ts";
import { answered } from "./readings/roles.ts";
import { survey, type Topology } from "./readings/topology.ts";
import { baseline } from "./sections/baseline.ts";
import { conclusion, lastDiagnosis } from "./sections/conclusion.ts";
import { discovery } from "./sections/discovery.ts";
import { found } from "./sections/investigation.ts";
import { gaps, pictured } from "./sections/picture.ts";
import { question } from "./sections/question.ts";
import { said } from "./sections/said.ts";
import { mapped } from "./sections/service-map.ts";
import { inside } from "./sections/services.ts";
import { embedded } from "./summary.ts";
import { listed, name, plain } from "./text.ts";

/** The page of an investigation without a drill: nothing in it knows a truth. The same input gives the same bytes. */
export function renderInvestigation(seen: Investigated, provenance: Provenance): string {
  const { window, agent, sources, scope } = seen;
  const banner = conclusion(seen);
  return pageOf({
    kind: "investigation",
    title: banner.headline,
    heading: headingOf(seen),
    about: `Agent ${name(agent)}, ${scope.length === 0 ? "" : `scope ${listed(scope)}, `}${duration(window.to - window.from)} from ${utc(window.from)}, ${listed(sources)}`,
    summary: verbatim(embedded(summaryOf(seen))),
    banner,
    sections: sections(seen),
    provenance: origin(seen, provenance),
  });
}

/** The question, or what there is without one. */
export const headingOf = ({ question: asked, scope }: Investigated): string =>
  asked ? plain(asked.text, 200) : `Investigation of ${listed(scope, "all that was heard of")}`;

/** A few facts for tools. */
export function summaryOf(seen: Investigated): object {
  const { agent, window, question: asked, scope, sources, investigation } = seen;
  return {
    schema: 1,
    outcome: outcomeOf(seen),
    agent,
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
    trigger: asked?.text ?? null,
    scope,
    sources,
    raisedAt: investigation.raisedAt === undefined ? null : new Date(investigation.raisedAt).toISOString(),
    named: investigation.hypotheses.slice(0, investigation.named).map(({ component }) => component),
    hypotheses: investigation.hypotheses.map(({ component, cause, confidence }) => ({ component, cause, confidence })),
    gaps: investigation.gaps,
  };
}

/** The time looked at, and the part in which something was wrong, as the agent dates it. */
function stretchOf(seen: Investigated): Stretch {
  const { window, investigation } = seen;
  const diagnosis = lastDiagnosis(seen);
  const well = investigation.picture?.timeline.findLast(({ kind }) => kind === "recovery")?.at ?? null;
  const onset = diagnosis && diagnosis.hypotheses.length > 0 ? (diagnosis.onset ?? null) : null;
  return { startedAt: window.from, endedAt: window.to, inForceAt: onset, revertingAt: well, revertedAt: well };
}

function topologyOf({ findings, investigation, window, telemetry }: Investigated, stretch: Stretch): Topology {
  const { inForceAt, revertedAt } = stretch;
  return survey(
    {
      findings,
      investigation,
      components: telemetry.components({ from: 0, to: window.to + 1 }).map(({ component }) => component),
      calm: investigation.baseline?.window ?? window,
      watch: inForceAt === null ? null : { from: inForceAt, to: revertedAt ?? window.to },
    },
    telemetry,
  );
}

function sections(seen: Investigated): Section[] {
  const { investigation, window, telemetry, crashed } = seen;
  const { hypotheses, named, picture } = investigation;
  const start = window.from;
  const stretch = stretchOf(seen);
  const map = topologyOf(seen, stretch);
  const roles = answered(new Set(hypotheses.slice(0, named).map(({ component }) => component)), map);
  const marks = seen.findings.map(markOf);
  return [
    question(seen),
    found({ start, lead: when(seen), hypotheses, named, picture, crashed }),
    ...(picture ? pictured(start, picture) : []),
    mapped(map, roles, "◎ and a dashed ring: named by the agent"),
    discovery(telemetry, window, map),
    baseline(start, investigation.baseline),
    inside(stretch, roles, readingOf(stretch), telemetry, marks),
    said(marks, start),
    gaps(investigation.gaps),
  ];
}

const readingOf = ({ inForceAt }: Stretch): string =>
  inForceAt === null
    ? "Numbers beside a title are the median over the time looked at. ◆ the agent's words."
    : "Numbers beside a title are the median before → since something is wrong, by the agent's dates; the shaded stretch is that time. ◆ the agent's words.";

/** When it spoke. */
function when({ investigation, window }: Investigated): string {
  const { raisedAt, concludedAt } = investigation;
  const alarm =
    raisedAt === undefined ? "It raised no alarm." : `It raised its first alarm at ${clock(raisedAt, window.from)}.`;
  return concludedAt === undefined ? alarm : `${alarm} Its last diagnosis came at ${clock(concludedAt, window.from)}.`;
}

function origin({ agent, window, sources }: Investigated, from: Provenance): Fact[] {
  return [
    fact("Firedrill", from.firedrill),
    fact("Commit", from.commit ?? "not known"),
    fact("Node", from.node),
    fact("Host", from.host),
    fact("Agent", agent),
    fact("Telemetry", listed(sources)),
    fact("Recording", from.recording ?? "none"),
    fact("From", utc(window.from)),
    fact("To", utc(window.to)),
    fact("Page made", utc(from.createdAt)),
  ];
}
