import type { Instant, Telemetry } from "../telemetry/model.ts";
import { BIN, binOf, isHeard, type Rollup, SILENT_BINS } from "./bins.ts";
import type { Firing } from "./detect.ts";
import { troubles } from "./objects.ts";
import type { Readings } from "./readings.ts";
import type { Quiet } from "./samples.ts";

/** Objects are looked for this far back. */
const RECENT = 15_000;

/** Hard evidence that raises an alarm by itself: the platform reports trouble, or a component has fallen silent. */
export function rulesFired(
  rollup: Rollup,
  readings: Readings,
  quiet: Quiet,
  telemetry: Telemetry,
  now: Instant,
): readonly Firing[] {
  const within = { from: now - RECENT, to: now };
  const objects = telemetry.objects({ within });
  const seen = objects.length > 0 ? troubles(objects, telemetry.changes({ from: now - 60_000, to: now })) : [];
  const bin = rollup.closed - 1;
  const firing = (component: string, since: number): Firing => ({
    component,
    signal: "object",
    userFacing: false,
    z: 100,
    lane: "rule",
    bin,
    since,
  });
  const fired = seen.filter((one) => quiet.all.has(one.component)).map((one) => firing(one.component, binOf(one.at)));
  return [
    ...fired,
    ...silent(rollup, readings, quiet).map((component) => firing(component, rollup.closed - SILENT_BINS)),
  ];
}

/** Components that answered in every quiet bin and have sent neither spans nor metrics for three, while others do. */
function silent(rollup: Rollup, readings: Readings, quiet: Quiet): readonly string[] {
  const heard = (component: string) => isHeard(rollup, component);
  const measured = (component: string) =>
    readings.tracks
      .values()
      .some(
        (track) =>
          track.component === component && (track.bins.at(-1) ?? 0) * BIN >= (readings.closed - SILENT_BINS) * BIN,
      );
  if (![...quiet.all.keys()].some(heard)) return [];
  return [...quiet.all]
    .filter(([name, norm]) => norm.rate.middle >= 5 && !heard(name) && !measured(name))
    .map(([name]) => name);
}
