import type { Suspect } from "./at-alarm.ts";
import type { Component, Instant, Series, Telemetry } from "./telemetry/model.ts";

/** Middle and spread of a series' healthy values; a spread of 0 counts as 1. */
export type Scale = (healthy: readonly number[]) => { readonly middle: number; readonly spread: number };

/** What came before the alarm by more than this is healthy time. */
const APPROACH = 60_000;
const HISTORY = 10 * 60_000;
/** Fewest healthy values of a series. */
const FEWEST = 10;

/**
 * Scores each series by its largest deviation around the alarm in units of its healthy spread; a component is worth its
 * most deviant series. No series is preferred and no dependency known.
 */
export function mostDeviant(raisedAt: Instant, telemetry: Telemetry, scale: Scale): readonly Suspect[] {
  const within = { from: raisedAt - HISTORY, to: telemetry.now };
  const best = new Map<Component, Suspect>();
  for (const series of telemetry.series({ within })) {
    const score = deviation(series, raisedAt - APPROACH, scale);
    if (score === undefined || score <= (best.get(series.component)?.score ?? 0)) continue;
    const { component, metric, unit } = series;
    const query = { ask: "series", within, component, metric } as const;
    const claim = `${metric} of ${component} is ${Number(score.toPrecision(3))} spreads off`;
    best.set(component, {
      component,
      score,
      evidence: {
        id: `series/${component}/${metric}`,
        component,
        signal: "structure",
        claim,
        direction: "up",
        value: score,
        unit,
        query,
      },
    });
  }
  return [...best.values()].sort((a, b) => b.score - a.score || (a.component < b.component ? -1 : 1));
}

function deviation({ at, value, count, kind }: Series, healthyUntil: Instant, scale: Scale): number | undefined {
  const healthy: number[] = [];
  const late: number[] = [];
  for (const [i, time] of at.entries()) {
    const sum = value[i] ?? 0;
    // Of a histogram the mean of what came, not its sum.
    const x = kind === "histogram" ? sum / Math.max(1, count?.[i] ?? 1) : sum;
    (time < healthyUntil ? healthy : late).push(x);
  }
  if (healthy.length < FEWEST || late.length === 0) return undefined;
  const { middle, spread } = scale(healthy);
  return Math.max(...late.map((x) => Math.abs(x - middle))) / (spread || 1);
}
