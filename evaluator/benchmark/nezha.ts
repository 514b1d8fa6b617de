import type { Channel } from "../../agent/engine/evidence.ts";
import { isRoot } from "../../agent/engine/traces.ts";
import type { Component } from "../../agent/telemetry/model.ts";
import type { Edge } from "../archive/writer.ts";
import { daysIn, type NezhaDay, serviceOf } from "../datasets/nezha-day.ts";
import { type Metrics, metricsOf } from "../datasets/nezha-metrics.ts";
import { chance } from "../references/prior-ranking.ts";
import { rankedCorrelation } from "../references/ranked-correlation.ts";
import { type Ranking, rankedBy } from "../references/ranking.ts";
import { deviationIn, quartiles, type Scale, sigmas } from "../references/series-deviation.ts";
import { smoothTraversal } from "../references/smooth-traversal.ts";
import { traversal } from "../references/traversal.ts";
import { type Channels, channelsOf } from "./nezha-channels.ts";
import { fused } from "./nezha-engine.ts";
import { allSeries, latencies, resourcesAt, SEPARATOR, type Table } from "./nezha-metrics.ts";
import { type FaultWindow, type Windows, windowsOf } from "./nezha-window.ts";
import type { RankedCase } from "./score.ts";

/**
 * Yu et al., "Nezha" (FSE 2023): faults of Online Boutique and TrainTicket. The moment of injection is given. The engine
 * sees the two minutes of traces and logs after it, metrics until three minutes after it, and as its past the windows
 * of the day's other faults, whatever they hold.
 */
export async function* nezhaCases(directory: string, signal: AbortSignal): AsyncGenerator<RankedCase> {
  for (const day of await daysIn(directory)) yield* casesOf(day, signal);
}

/** The row of the alarm in a table of latencies: the first after the injection. */
const ALARM_ROW = 2;

async function* casesOf(day: NezhaDay, signal: AbortSignal): AsyncGenerator<RankedCase> {
  const metrics = await metricsOf(day.directory);
  const read = await windowsOf(day);
  const graph = graphOf(read);
  const channels = read.windows.map((window): Channels => {
    signal.throwIfAborted();
    const resources: ReadonlyMap<Channel, ReadonlyMap<Component, number>> = resourcesAt(metrics, window.fault.at);
    return new Map([...channelsOf(window, read), ...resources]);
  });
  const seen = read.windows.flatMap(({ digest, fault }) => [...digest.components.keys(), serviceOf(fault.pod)]);
  const components = [...new Set([...metrics.components, ...seen])].sort();
  for (const [i, window] of read.windows.entries()) {
    const others = channels.filter((_, j) => j !== i);
    yield {
      name: `${day.name}/${window.fault.text.slice(11)}`,
      stratum: window.fault.kind,
      cause: serviceOf(window.fault.pod),
      rankings: new Map<string, Ranking>([
        ["firedrill", fused(channels[i] ?? new Map(), others)],
        ...baselines(metrics, window, graph),
        ["chance", chance(components)],
      ]),
      notes: notesOf(day, metrics, window),
    };
  }
}

interface Graph {
  readonly entry: Component;
  readonly edges: readonly Edge[];
}
/** Calls seen in any window of the day, and the component that users enter most. */
function graphOf({ windows }: Windows): Graph {
  const edges = new Map(windows.flatMap(({ digest }) => [...digest.edges]));
  const entered = new Map<Component, number>();
  for (const { nodes } of windows)
    for (const node of nodes)
      if (isRoot(node)) entered.set(node.span.component, (entered.get(node.span.component) ?? 0) + 1);
  return { entry: rankedBy(entered)[0]?.[0] ?? "", edges: [...edges.values()] };
}

function baselines(
  metrics: Metrics,
  { fault }: FaultWindow,
  { entry, edges }: Graph,
): readonly (readonly [string, Ranking])[] {
  const series = allSeries(metrics, fault.at);
  const { normal, incident } = latencies(metrics, fault.at);
  const now = new Map([...incident].map(([name, values]) => [name, values[ALARM_ROW] ?? Number.NaN] as const));
  const question = { target: entry, edges, normal, incident };
  return [
    ["n-sigma", mostDeviantComponent(series, sigmas)],
    ["baro", mostDeviantComponent(series, quartiles)],
    ["ranked-correlation", rankedCorrelation({ ...question, row: ALARM_ROW })],
    ["traversal", traversal(question)],
    ["smooth-traversal", smoothTraversal({ ...question, now })],
  ];
}

/** Each component by its most deviant series. */
function mostDeviantComponent({ normal, incident }: Table, scale: Scale): Ranking {
  const best = new Map<Component, number>();
  for (const [name, values] of incident) {
    const [component = ""] = name.split(SEPARATOR);
    const found = deviationIn(normal.get(name) ?? [], values, scale);
    if (found !== undefined) best.set(component, Math.max(best.get(component) ?? 0, found));
  }
  return rankedBy(best);
}

function notesOf(day: NezhaDay, metrics: Metrics, { nodes, bin, fault }: FaultWindow): readonly string[] {
  const at = `${day.name} ${fault.text.slice(11)}`;
  return [
    ...(metrics.rows.length === 0 ? [`${day.name}: without metrics`] : []),
    ...(nodes.length === 0 ? [`${at}: without traces`] : []),
    ...(bin === undefined ? [`${at}: without logs`] : []),
  ];
}
