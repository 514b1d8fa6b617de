import type { Telemetry, Window } from "../../../agent/telemetry/model.ts";
import type { Verdict } from "../../trial-record.ts";
import { type Block, prose, type Section } from "../block.ts";
import type { Stretch } from "../charts/golden.ts";
import { tagsOf } from "../charts/map-node.ts";
import type { Mark } from "../moments.ts";
import { type Called, called } from "../readings/called.ts";
import { type Rolled, rolesOf } from "../readings/roles.ts";
import { type Served, served } from "../readings/server-bins.ts";
import type { Topology } from "../readings/topology.ts";
import { counted, name } from "../text.ts";
import { ofCalled, ofResources, ofServed, type Panel } from "./panels.ts";

/** At most so many components are drawn: those with a part in the incident, then the busiest. */
const MOST = 12;
/** Marks of these kinds stand in every chart. */
const SHOWN = new Set(["injected", "users hurt", "alarm", "diagnosis", "all-clear", "recovered"]);

/** What each service's own telemetry shows over a drill. */
export function services(verdict: Verdict, telemetry: Telemetry, marks: readonly Mark[], seen: Topology): Section {
  const { run } = verdict.trial;
  const read =
    run.inForceAt === null
      ? "Numbers beside a title are the median over the run."
      : "Numbers beside a title are the median before the fault → while it was in force; the shaded stretch is that time.";
  const marked = "▼ injection, ● users hurt or well, ◆ the agent's words.";
  return inside(run, rolesOf(verdict, seen), `${read} ${marked}`, telemetry, marks);
}

/** What each service's own telemetry shows; `read` is how to read it. */
export function inside(
  run: Stretch,
  roles: Rolled,
  read: string,
  telemetry: Telemetry,
  marks: readonly Mark[],
): Section {
  const within = { from: run.startedAt, to: run.endedAt };
  const all = run.endedAt > run.startedAt ? subjects(telemetry, within) : [];
  const weight = ({ component }: Subject): number => {
    const own = roles(component);
    return (own.truly ? 4 : 0) + (own.named ? 2 : 0) + (own.symptom ? 1 : 0);
  };
  const ranked = all.toSorted((a, b) => weight(b) - weight(a) || b.requests - a.requests);
  const shown = marks.filter((mark) => SHOWN.has(mark.short));
  const blocks = ranked.slice(0, MOST).flatMap((one, n): Block[] => {
    const charts = panels(one, `s${n}`, telemetry, within).map((panel) => panel(run, shown));
    const tags = tagsOf(roles(one.component)).map(({ text }) => text);
    return charts.length === 0
      ? []
      : [
          { kind: "heading", text: [name(one.component), ...tags].join("  ") },
          { kind: "charts", charts },
        ];
  });
  if (ranked.length > MOST)
    blocks.push(
      prose(
        `${counted(ranked.length - MOST, "more component")} with less part in it and fewer requests not drawn.`,
        "quiet",
      ),
    );
  return {
    id: "services",
    nav: "Services",
    title: "Each service from the inside",
    lead: `From the services' own telemetry, those with a part in it first. ${read} Resources that never moved are left out.`,
    blocks: blocks.length === 0 ? [prose("No service sent telemetry of requests.", "quiet")] : blocks,
  };
}

interface Subject {
  readonly component: string;
  readonly requests: number;
  readonly served: Served | null;
  readonly called: Called | null;
}

/** Components that answer requests, those known from their callers, and those that only send metrics. */
function subjects(telemetry: Telemetry, within: Window): readonly Subject[] {
  const own = served(telemetry, within);
  const known = new Set(own.map(({ component }) => component));
  const others = called(telemetry, within, known);
  const met = new Set([...known, ...others.map(({ component }) => component)]);
  const quiet = telemetry.components(within).filter(({ component }) => !met.has(component));
  return [
    ...own.map((one) => ({ component: one.component, requests: one.requests, served: one, called: null })),
    ...others.map((one) => ({ component: one.component, requests: 0, served: null, called: one })),
    ...quiet.map(({ component }) => ({ component, requests: 0, served: null, called: null })),
  ];
}

function panels(one: Subject, id: string, telemetry: Telemetry, within: Window): readonly Panel[] {
  return [
    ...(one.served ? ofServed(one.served, id) : []),
    ...(one.called ? ofCalled(one.called, id) : []),
    ...ofResources(one.component, id, telemetry, within),
  ];
}
