import { mean, standardDeviation } from "simple-statistics";
import type { Component } from "../../agent/telemetry/model.ts";
import { quantile } from "../stats/quantile.ts";
import { type Ranking, rankedBy } from "./ranking.ts";

/** A series of each component; NaN where nothing was measured. */
export type SeriesOf = ReadonlyMap<Component, readonly number[]>;
/** Middle and spread of normal values; a spread of 0 counts as 1. */
export type Scale = (normal: readonly number[]) => { readonly middle: number; readonly spread: number };

/** N-Sigma: mean and population standard deviation. */
export const sigmas: Scale = (normal) => ({
  middle: mean([...normal]),
  spread: standardDeviation([...normal]),
});
/** BARO's robust scorer (arXiv 2405.09330) without its search for change points: median and interquartile range. */
export const quartiles: Scale = (normal) => ({
  middle: quantile(normal, 0.5),
  spread: quantile(normal, 0.75) - quantile(normal, 0.25),
});

/** Fewest normal values of a series. */
const FEWEST = 10;

/** Ranks components by the largest deviation in the incident, in spreads, whatever its sign. */
export function mostDeviant(normal: SeriesOf, incident: SeriesOf, scale: Scale): Ranking {
  const scores = new Map<Component, number>();
  for (const [component, values] of incident) {
    const found = deviationIn(normal.get(component) ?? [], values, scale);
    if (found !== undefined) scores.set(component, found);
  }
  return rankedBy(scores);
}

/** The largest deviation of a series in the incident, in spreads; undefined where too little was measured. */
export function deviationIn(normal: readonly number[], incident: readonly number[], scale: Scale): number | undefined {
  const usual = normal.filter(Number.isFinite);
  const now = incident.filter(Number.isFinite);
  if (usual.length < FEWEST || now.length === 0) return undefined;
  const { middle, spread } = scale(usual);
  return Math.max(...now.map((x) => Math.abs(x - middle))) / (spread || 1);
}
