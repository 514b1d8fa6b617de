import type { Instant } from "../../telemetry/model.ts";
import type { Recording } from "./memory.ts";
import { meters } from "./meters.ts";
import { APPS, type App, ROUTES, type TownOptions } from "./plan.ts";
import { chance } from "./random.ts";
import { START, Town } from "./town.ts";

function drawn(app: App, pick: number): string {
  let left = pick;
  for (const [route, share] of ROUTES[app]) {
    left -= share;
    if (left < 0) return route;
  }
  return ROUTES[app][0]?.[0] ?? "";
}

/** Plays a drill of the first version's shape and returns what was sent, and when trouble began and ended. */
export function play(options: TownOptions): {
  readonly recording: Recording;
  readonly inForce: Instant;
  readonly reverted: Instant;
} {
  const { warmUp = 45, baseline = 130, watch = 80, recovery = 60, trouble } = options;
  const from = START + (warmUp + baseline) * 1000;
  const to = from + watch * 1000;
  const end = to + recovery * 1000;
  const gauges = meters(START, end, options, { from, to });
  const town = new Town(options, { from, to }, gauges);
  const random = chance(options.seed ^ 0x5bd1e995);
  const arrivals: { at: Instant; app: App; route: string; reserved: boolean }[] = [];
  for (const app of APPS)
    for (let at: Instant = START; ; ) {
      const live = at >= from && at < to ? (trouble ?? {}) : {};
      at += random.exponential(100 / (live.load?.[app] ?? 1));
      if (at >= end) break;
      const route = drawn(app, random.next());
      arrivals.push({ at, app, route, reserved: random.next() < (live.reserved?.[app] ?? 0.05) });
    }
  arrivals.sort((a, b) => a.at - b.at);
  for (const { app, route, at, reserved } of arrivals) town.request(app, route, at, reserved);
  const stamp = { at: from, arrival: from + 200 };
  const changes = (trouble?.changes ?? []).map((one) => ({ ...one, ...stamp, component: town.name(one.component) }));
  const objects = (trouble?.objects ?? []).map((one) => ({ ...one, ...stamp, component: town.name(one.component) }));
  const recording = {
    spans: town.pen.spans,
    logs: town.pen.logs,
    series: gauges.series(town.name),
    changes,
    objects,
    from: START,
    to: end,
  };
  return { recording, inForce: from, reverted: to };
}
