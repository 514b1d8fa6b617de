import type { LoadFigures, Run } from "../../run.ts";
import { type Block, prose, type Section, type Table, table } from "../block.ts";
import { golden, look } from "../charts/golden.ts";
import { key } from "../charts/lines.ts";
import type { Mark } from "../moments.ts";
import { clock, figure, latency, percent, perSecond } from "../numbers.ts";
import { name } from "../text.ts";

/** What happened to users: golden signals, and the figures of each phase and app. */
export function users(run: Run, marks: readonly Mark[]): Section {
  const shown = marks.filter((mark) => mark.short !== "first right" && mark.short !== "stays right");
  const streams = Object.keys(run.users).map((stream, n) => ({
    key: key(look(n)),
    text: stream === "all" ? "all requests (first chart: offered)" : name(stream, 60),
  }));
  const drawn: Block =
    streams.length === 0
      ? prose("No requests of users were recorded.", "quiet")
      : {
          kind: "figure",
          caption:
            `Time is minutes and seconds of the run. Response times count from the moment a request was due. ${run.inForceAt === null ? "" : "The shaded stretch is the time in which the fault was in force."}`.trim(),
          wide: golden("users-w", 1040, run, shown),
          narrow: golden("users-n", 330, run, shown),
          legend: [...streams, { key: key("line-achieved"), text: "achieved, mean of the phase (first chart)" }],
        };
  return {
    id: "users",
    nav: "Users",
    title: "What happened to users",
    lead: lead(run),
    blocks: [drawn, phases(run), ...apps(run)],
  };
}

function lead(run: Run): string {
  const { incident } = run.load;
  if (run.inForceAt === null || !incident)
    return `Over the whole run ${percent(run.load.all.errorShare)} of requests failed and the slowest five in a hundred took at least ${latency(run.load.all.p95)}.`;
  const normal = run.normal["all"];
  const before = normal ? `, against ${percent(normal.badShare)} in healthy time` : "";
  const since =
    run.harmAt === null ? "Users were not measurably hurt" : `Users were hurt from ${clock(run.harmAt, run.startedAt)}`;
  return `${since}. While the fault was in force ${percent(incident.errorShare)} of requests failed${before}; the p95 response time was ${latency(incident.p95)}${normal ? `, against ${latency(normal.p95)}` : ""}.`;
}

function phases(run: Run): Table {
  const rows = run.load.phases.map((figures, i) => {
    const phase = run.phases[i];
    const when = phase ? `${clock(phase.from, run.startedAt)} to ${clock(phase.to, run.startedAt)}` : "";
    return [name(figures.name), when, ...told(figures)];
  });
  const incident = run.load.incident;
  if (incident) rows.push([run.inForceAt === null ? "Watched time" : "Fault in force", "", ...told(incident)]);
  rows.push(["Whole run", `0:00 to ${clock(run.endedAt, run.startedAt)}`, ...told(run.load.all)]);
  return table(
    "Load and response times by phase",
    ["Phase", "When", "#Offered", "#Achieved", "#Failed", "#p50", "#p95", "#p99"],
    rows,
  );
}

const told = (figures: LoadFigures): string[] => [
  perSecond(figures.offered),
  perSecond(figures.achieved),
  percent(figures.errorShare),
  latency(figures.p50),
  latency(figures.p95),
  latency(figures.p99),
];

function apps(run: Run): Block[] {
  const rows = Object.entries(run.load.apps).map(([app, { requests, errorShare, how }]) => {
    const ways = Object.entries(how).map(([way, count]) => `${name(way, 60)}: ${figure(count)}`);
    const normal = run.normal[app];
    return [
      name(app),
      figure(requests),
      percent(errorShare),
      normal ? percent(normal.badShare) : "n/a",
      ways.join(", ") || "none failed",
    ];
  });
  const when = run.inForceAt === null ? "in the watched time" : "while the fault was in force";
  const caption = `Requests of users to each app ${when}, and how they failed`;
  return rows.length === 0
    ? []
    : [table(caption, ["App", "#Requests", "#Failed", "#Failed in healthy time", "How they failed"], rows)];
}
