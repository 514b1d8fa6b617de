import type { Instant, Millis } from "../../agent/telemetry/model.ts";
import type { SettledPhase } from "../../generator/phase.ts";
import type { Beginning } from "../perform.ts";
import type { Driven } from "../run-log.ts";

/** Time in a row in which users were well and the load ran, at the end of a drill; by arrival of its telemetry. */
export interface Quiet {
  readonly from: Instant;
  readonly to: Instant;
}

/** Requests that were due before users were well again end at the latest after so long, and tell of the fault. */
const LINGERING: Millis = 5_000;
/** A longer pause of the load is no quiet time: pools empty, connections close. */
const LONGEST_PAUSE: Millis = 5_000;
/** What an agent learns from, in all, before a watch: 24 bins of 5 s. */
const BASELINE: Millis = 120_000;
/** The twelve bins of the steady-state gate, and the time until the last of them is known. */
const GATE: Millis = 65_000;
/** So much more at most: of drills that all begin alike, a clock alone could tell when something happens. */
const SPREAD: Millis = 30_000;
const TAKEN_BACK: ReadonlySet<string | null> = new Set(["restored", "already", "fell-back"]);

/** What a drill leaves to the next one; undefined when users were not well again, or a fault may still act. */
export function quietAfter({ recoveredAt, endedAt, faults }: Driven): Quiet | undefined {
  if (recoveredAt === null || !faults.every(({ reverted }) => TAKEN_BACK.has(reverted))) return undefined;
  const from = recoveredAt + LINGERING;
  return from < endedAt ? { from, to: endedAt } : undefined;
}

/**
 * How a drill begins on apps that run already: after quiet time that was a moment ago without a warm-up, and healthy
 * only as long as the gate needs and an agent has not yet seen. Otherwise as it would alone. `random` draws how long.
 */
export function beginning(
  phases: readonly SettledPhase[],
  quiet: Quiet | undefined,
  now: Instant,
  random: () => number,
): Pick<Beginning, "phases" | "since"> {
  if (quiet === undefined || now - quiet.to > LONGEST_PAUSE) return { phases, since: now };
  const carried = quiet.to - quiet.from;
  const healthy = Math.ceil(Math.max(GATE + SPREAD * random(), BASELINE - carried) / 100) * 100;
  const rest = phases.filter(({ kind }) => kind !== "warm-up");
  return {
    phases: rest.map((phase) => (phase.kind === "steady" ? shortened(phase, healthy) : phase)),
    since: quiet.from,
  };
}

/** Its changes come as much earlier as the phase is shorter. */
function shortened(phase: SettledPhase, lasts: Millis): SettledPhase {
  const share = Math.min(1, lasts / phase.lasts);
  return { ...phase, lasts, changes: phase.changes.map((one) => ({ ...one, after: Math.round(one.after * share) })) };
}
