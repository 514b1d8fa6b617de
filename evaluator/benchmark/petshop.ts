import { deviation, ERRORS, type FleetSignal, LATENCY, suspects, type Watched } from "../../agent/engine/fleet.ts";
import type { Deviation, FlowEdge } from "../../agent/engine/flow.ts";
import type { Component } from "../../agent/telemetry/model.ts";
import type { Issue, Table } from "../datasets/petshop-files.ts";
import { chance } from "../references/prior-ranking.ts";
import { rankedCorrelation } from "../references/ranked-correlation.ts";
import type { Ranking } from "../references/ranking.ts";
import { mostDeviant, quartiles, type SeriesOf, sigmas } from "../references/series-deviation.ts";
import { smoothTraversal } from "../references/smooth-traversal.ts";
import { traversal } from "../references/traversal.ts";
import { type Part, partsOf } from "./petshop-parts.ts";
import type { RankedCase } from "./score.ts";

/**
 * Hardt et al., "The PetShop Dataset" (arXiv 2311.04806): each issue has five rows of five minutes, the alarm in the
 * third and what was before in the first; the alarming component and metric are given. The engine's stages for a fleet
 * of metrics answer, beside published baselines.
 */
export async function* petshopCases(directory: string, signal: AbortSignal): AsyncGenerator<RankedCase> {
  for await (const part of partsOf(directory))
    for (const issue of part.issues) {
      signal.throwIfAborted();
      yield {
        name: `${part.scenario}/${issue.name}`,
        stratum: `${part.scenario} ${issue.target.metric}`,
        cause: issue.cause,
        rankings: rankingsOf(part, issue),
        notes: part.missing.map((what) => `${part.scenario}: without ${what}`),
      };
    }
}

/** Rows before the alarm's that are skipped: what is wrong begins in the row before it. */
const LEAD = 2;
const USUAL_ROW = 2;

/** The row in which the alarm came: a row's time is its end. */
export function alarmRow({ table, target }: Issue): number {
  const found = table.at.findIndex((end) => end >= target.timestamp);
  return found > 0 ? found : Math.min(USUAL_ROW, table.at.length - 1);
}

function rankingsOf({ nodes, edges, normal }: Part, issue: Issue): ReadonlyMap<string, Ranking> {
  const { target, table } = issue;
  const usual = normal ? averages(normal, target.metric) : new Map<Component, readonly number[]>();
  const incident = averages(table, target.metric);
  const row = alarmRow(issue);
  const now = new Map([...incident].map(([name, values]) => [name, values[row] ?? Number.NaN] as const));
  const question = { target: target.node, edges, normal: usual, incident };
  return new Map<string, Ranking>([
    ["firedrill", engineRanking(edges, issue, usual, row)],
    ["n-sigma", mostDeviant(usual, incident, sigmas)],
    ["baro", mostDeviant(usual, incident, quartiles)],
    ["ranked-correlation", rankedCorrelation({ ...question, row })],
    ["traversal", traversal(question)],
    ["smooth-traversal", smoothTraversal({ ...question, now })],
    ["chance", chance(nodes)],
  ]);
}

/** Suspects in the alarm's row; where that shows nobody, in the first later one that does. */
function engineRanking(edges: Part["edges"], issue: Issue, usual: SeriesOf, alarm: number): Ranking {
  const calls = edges.map((edge): FlowEdge => ({ ...edge, sync: true }));
  for (let row = alarm; row < issue.table.at.length; row++) {
    const found = suspects(calls, deviationsOf(issue, usual, row));
    if (found.length > 0) return found.map((component) => [component]);
  }
  return [];
}

function deviationsOf(issue: Issue, usual: SeriesOf, row: number): ReadonlyMap<Component, Deviation> {
  const { target, table } = issue;
  const signal: FleetSignal = target.metric === "availability" ? ERRORS : LATENCY;
  const bad = (value: number): number => (target.metric === "availability" ? (100 - value) / 100 : value);
  const requests = columnsOf(table, "requests", "Sum");
  // Where requests were not measured, as many are taken as users send.
  const entered = requests.get(target.node)?.[row] ?? Number.NaN;
  const requestsOf = (component: Component): number => {
    const own = requests.get(component)?.[row] ?? Number.NaN;
    return Number.isFinite(own) ? own : entered;
  };
  const found = new Map<Component, Deviation>();
  for (const [component, values] of averages(table, target.metric)) {
    const watched: Watched = {
      now: bad(values[row] ?? Number.NaN),
      before: bad(values[Math.max(0, row - LEAD)] ?? Number.NaN),
      history: (usual.get(component) ?? []).map(bad),
      requests: requestsOf(component),
    };
    const one = deviation(watched, signal);
    if (one) found.set(component, one);
  }
  return found;
}

const averages = (table: Table, metric: string): SeriesOf => columnsOf(table, metric, "Average");

function columnsOf({ columns }: Table, metric: string, statistic: string): SeriesOf {
  return new Map(
    columns.flatMap((column) =>
      column.metric === metric && column.statistic === statistic ? [[column.component, column.values] as const] : [],
    ),
  );
}
