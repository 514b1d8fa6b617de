import type { BaselineSummary } from "../investigation.ts";
import type { Component } from "../telemetry/model.ts";
import { BIN, type Bin, type Rollup, type Row } from "./bins.ts";
import { unitOf } from "./catalogue.ts";
import { normalOf, type Readings, type Track } from "./readings.ts";
import { quantile, robust } from "./robust.ts";
import { durationsOf, type Quiet } from "./samples.ts";

/** What quiet time taught, for people. */
export function summarize(rollup: Rollup, readings: Readings, quiet: Quiet): BaselineSummary {
  const { history } = quiet;
  const components = [...quiet.all.keys()].sort();
  const tracks = Map.groupBy(readings.tracks.values(), (track) => track.component);
  return {
    window: { from: (history[0] ?? 0) * BIN, to: ((history.at(-1) ?? 0) + 1) * BIN },
    bins: history.length,
    components: components.map((component) => {
      const cells = cellsOf(rollup.all, history, component);
      const shares = cells.filter((cell) => cell.count > 0).map((cell) => cell.failed / cell.count);
      const routes = [...new Set(cells.flatMap((cell) => [...cell.routes.keys()]))].sort();
      return {
        component,
        ...figuresOf(rollup.all, history, component),
        errorSpread: robust(shares, 0).scale,
        routes: routes.map((route) => ({ route, ...figuresOf(rollup.all, history, component, route) })),
        resources: resourcesOf(tracks.get(component) ?? [], history),
      };
    }),
  };
}

const cellsOf = (rows: ReadonlyMap<Bin, Row>, history: readonly Bin[], component: Component) =>
  history.flatMap((bin) => rows.get(bin)?.get(component) ?? []);

function figuresOf(rows: ReadonlyMap<Bin, Row>, history: readonly Bin[], component: Component, route?: string) {
  const durations = durationsOf(rows, history, component, route);
  const cells = cellsOf(rows, history, component).flatMap((cell) =>
    route === undefined ? cell : (cell.routes.get(route) ?? []),
  );
  const failed = cells.reduce((sum, cell) => sum + cell.failed, 0);
  const seconds = (history.length * BIN) / 1000;
  return {
    rate: seconds > 0 ? durations.length / seconds : 0,
    p50: quantile(durations, 0.5) * 1000,
    p95: quantile(durations, 0.95) * 1000,
    p99: quantile(durations, 0.99) * 1000,
    errorShare: durations.length > 0 ? failed / durations.length : 0,
  };
}

function resourcesOf(tracks: readonly Track[], history: readonly Bin[]) {
  const found = [];
  for (const track of tracks) {
    const normal = normalOf(track, history);
    if (!normal) continue;
    found.push({ name: track.resource.name, unit: unitOf(track.resource), median: normal.middle, scale: normal.scale });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
