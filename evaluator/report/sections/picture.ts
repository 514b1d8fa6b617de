import type { ErrorPattern, Evidence, Picture, ResourceCorrelation } from "../../../agent/investigation.ts";
import type { Instant } from "../../../agent/telemetry/model.ts";
import { type Block, cards, cell, fact, facts, list, prose, type Section, table } from "../block.ts";
import { meter } from "../charts/meter.ts";
import { clock, duration, figure, inCores, percent, quantity, whole } from "../numbers.ts";
import { counted, listed, name, plain } from "../text.ts";
import { spoken } from "../words.ts";

/** What an agent found out beside the causes. `start` is the time that is told as 0:00. */
export function pictured(start: Instant, picture: Picture): readonly Section[] {
  return [...failures(start, picture), blast(picture), story(start, picture), remedies(picture)];
}

/** Failures by the way they failed, and what resources did meanwhile. */
function failures(start: Instant, picture: Picture): Section[] {
  const { errorPatterns, resources } = picture;
  const title = "How requests failed, as the agent saw it";
  const blocks =
    errorPatterns.length === 0
      ? [prose("The agent saw no pattern of errors.", "quiet")]
      : [...(errorPatterns.length > 3 ? [modes(errorPatterns)] : []), patterns(start, errorPatterns)];
  return [
    {
      id: "errors",
      nav: "Errors",
      title,
      lead: "Each failure mode on its own: where it shows, and where it begins.",
      blocks,
    },
    {
      id: "resources",
      nav: "Resources",
      title: "Resources that moved with it",
      lead: null,
      blocks:
        resources.length === 0 ? [prose("No resource moved with the symptoms.", "quiet")] : [correlations(resources)],
    },
  ];
}

/** The patterns of all routes added up: how it failed and where that begins, most first. */
function modes(all: readonly ErrorPattern[]): Block {
  const total = all.reduce((sum, { failed }) => sum + failed, 0);
  const groups = [...Map.groupBy(all, ({ kind, origin }) => JSON.stringify([kind, origin])).values()];
  const rows = groups
    .flatMap((own) => {
      const [first] = own;
      return first ? [{ first, own, failed: own.reduce((sum, one) => sum + one.failed, 0) }] : [];
    })
    .sort((a, b) => b.failed - a.failed)
    .map(({ first, own, failed }) => [
      cell(spoken(first.kind), plain(first.detail, 160)),
      name(first.origin),
      counted(new Set(own.map(({ component, route }) => `${component} ${route}`)).size, "route"),
      whole(failed),
      cell(meter(failed / total, percent(failed / total))),
    ]);
  return table(
    "Failure modes of all routes",
    ["How it failed", "Where it begins", "Shows on", "#Failed", "Of all failures"],
    rows,
  );
}

function patterns(start: Instant, all: readonly ErrorPattern[]): Block {
  const rows = all.map((one) => [
    cell(spoken(one.kind), plain(one.detail, 160)),
    cell(name(one.route), name(one.component)),
    name(one.origin),
    whole(one.failed),
    cell(meter(one.shareOfErrors, percent(one.shareOfErrors))),
    cell(percent(one.shareOfRequests), `normally ${percent(one.baselineShare)}`),
    clock(one.first, start),
    {
      ...cell(
        one.example
          .slice(0, 2)
          .map((trace) => name(trace, 40))
          .join(" "),
      ),
      class: "trace",
    },
  ]);
  const columns = [
    "How it failed",
    "Where it shows",
    "Where it begins",
    "#Failed",
    "Of the route's errors",
    "#Of its requests",
    "#First",
    "Example traces",
  ];
  return table("Error patterns by failure mode", columns, rows);
}

function correlations(all: readonly ResourceCorrelation[]): Block {
  const rows = all.map((one) => [
    cell(name(one.resource), name(one.component)),
    quantity(one.before, inCores(one.resource, one.unit)),
    quantity(one.now, inCores(one.resource, one.unit)),
    one.before === 0 ? "" : `× ${figure(one.now / one.before)}`,
    one.rho.toFixed(2),
    one.lag === 0 ? "together" : one.lag > 0 ? `${duration(one.lag)} before` : `${duration(-one.lag)} after`,
    one.significant ? "✓ yes" : "✗ no",
  ]);
  const columns = [
    "Resource",
    "#Before",
    "#Now",
    "#Change",
    "#Correlation (Spearman)",
    "#Against the symptom",
    "Significant",
  ];
  return table("Resources correlated with the degradation", columns, rows);
}

/** Who suffered and how much, in the agent's count. */
function blast(picture: Picture): Section {
  const { affected, bystanders, routes, lost, lostPerMinute, share } = picture.blastRadius;
  const rows = affected.map(({ component, hops }) => [
    name(component),
    hops === 0 ? "the cause" : `${hops} ${hops === 1 ? "hop" : "hops"} from the cause`,
  ]);
  const hit = routes.map((one) => [
    cell(name(one.route), name(one.component)),
    whole(one.requests),
    whole(one.lost),
    cell(meter(one.share, percent(one.share))),
  ]);
  return {
    id: "blast",
    nav: "Blast",
    title: "Blast radius",
    lead: null,
    blocks: [
      facts(
        fact("Requests lost", whole(lost), "failed or too slow, beyond the baseline"),
        fact("Lost a minute", whole(lostPerMinute)),
        fact("Share of user requests", percent(share)),
        fact("Not affected", listed(bystanders)),
      ),
      ...(rows.length > 0 ? [table("Affected components", ["Component", "Distance"], rows)] : []),
      ...(hit.length > 0 ? [table("Routes that users lost", ["Route", "#Requests", "#Lost", "Share lost"], hit)] : []),
    ],
  };
}

/** The order of events as the agent reconstructed it. */
function story(start: Instant, picture: Picture): Section {
  const ids = new Map(picture.evidence.map((one) => [one.id, one.claim]));
  const rows = picture.timeline.map((one) => [
    cell(clock(one.at, start), one.within > 0 ? `± ${duration(one.within)}` : null),
    one.kind.replace("-", " "),
    one.component === undefined ? "" : name(one.component),
    { ...cell(one.text), class: "wide-cell" },
    one.evidence === undefined ? "" : plain(ids.get(one.evidence) ?? one.evidence, 200),
  ]);
  const blocks =
    rows.length === 0
      ? [prose("The agent gave no timeline.", "quiet")]
      : [table("Timeline of the agent", ["When", "Kind", "Component", "What", "Evidence"], rows)];
  return { id: "timeline", nav: "Story", title: "Sequence of events, as the agent tells it", lead: null, blocks };
}

/** What to do, by what it is worth. */
function remedies(picture: Picture): Section {
  const proposed = picture.remedies.map((one, i) => ({
    title: `${plain(one.text)}`,
    badge: `${i + 1}`,
    tone: one.when === "now" ? "named" : "considered",
    aside: null,
    text: `${one.when === "now" ? "Now" : "Later"}, on ${name(one.component)}: ${one.advice}. Worth about ${whole(one.value)} requests a minute.`,
    blocks: [...(one.steps.length > 0 ? [list("Steps", one.steps, true)] : []), prose(recovery(one.recovers))],
  }));
  return {
    id: "remedies",
    nav: "Remedies",
    title: "What to do",
    lead:
      proposed.length > 0
        ? "Ranked by business impact: confidence × requests lost a minute × what the step can win back."
        : null,
    blocks: proposed.length > 0 ? cards(proposed) : [prose("The agent proposes nothing.", "quiet")],
  };
}

/** How one sees that a remedy worked. */
function recovery({ claim, value, normal, unit }: Evidence): string {
  const told = (one: number | undefined): string => (one === undefined ? "" : quantity(one, unit));
  const back = normal === undefined ? "" : ` (${told(normal)}${value === undefined ? "" : `, now ${told(value)}`})`;
  return `It has worked when this is normal again${back}: ${plain(claim)}.`;
}

/** What the agent could not see. */
export function gaps(told: readonly string[]): Section {
  const blocks =
    told.length === 0 ? [prose("The agent reports no gaps in what it could see.", "quiet")] : [list(null, told)];
  return { id: "gaps", nav: "Gaps", title: "What the agent could not see", lead: null, blocks };
}
