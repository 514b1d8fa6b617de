import type { PlannedChange, SettledChange } from "./changes/planned.ts";
import type { Fault } from "./faults/fault.ts";
import { APPS, type AppId, type Millis } from "./targets/target.ts";
import { type Knees, type Rush, rushing } from "./traffic/knee.ts";
import { type Load, rate } from "./traffic/load.ts";

/** A length drawn from the seed, uniform between the two ends. */
export interface Range {
  readonly from: Millis;
  readonly to: Millis;
}

/**
 * `warm-up` fills pools and JITs; `steady` is the healthy time that an agent learns from; `watch` is when something
 * happens, or, in a control, does not; `recovery` lasts until users are well again, at most as long as it says.
 */
export type PhaseKind = "warm-up" | "steady" | "watch" | "recovery";

export interface Phase {
  readonly name: string;
  readonly kind: PhaseKind;
  readonly lasts: Millis | Range;
  /** Requests a second that users send to each app. */
  readonly load: Readonly<Record<AppId, Load>>;
  /** Share of each app's requests that name reserved records, which really fail there; 0.05 unless said otherwise. */
  readonly reserved?: Readonly<Partial<Record<AppId, number>>>;
  /** Share of an app's searches that one customer sends, with a text that is hard to read; none unless said. */
  readonly poison?: Readonly<Partial<Record<AppId, number>>>;
  /** Apps to which more users come than they can carry; the load of these is where it begins. */
  readonly rush?: Readonly<Partial<Record<AppId, Rush>>>;
  /** Injected at the start of the phase, taken back at its end. */
  readonly faults?: readonly Fault[];
  /** What the platform changes meanwhile, announced and harmless. */
  readonly changes?: readonly PlannedChange[];
}

/** A phase with its length and the instants of its changes drawn. */
export interface SettledPhase extends Omit<Phase, "lasts" | "changes"> {
  readonly lasts: Millis;
  readonly changes: readonly SettledChange[];
}

export interface Settling {
  readonly full?: Readonly<Record<string, Millis>>;
  readonly knees?: Knees;
}

export const BACKGROUND_ERRORS = 0.05;

/**
 * Draws the open lengths and instants; `full` gives other lengths by phase name (the long form of a drill), `knees` what
 * the apps carry on this machine, as far as it was measured.
 */
export function settle(
  phases: readonly Phase[],
  random: () => number,
  { full = {}, knees = {} }: Settling = {},
): SettledPhase[] {
  const lengths = phases.map((phase) => full[phase.name] ?? draw(phase.lasts, random));
  return phases.map((phase, i) => {
    const changes = (phase.changes ?? []).map((change) => ({ ...change, after: draw(change.after, random) }));
    return { ...phase, load: withRush(phase, knees), lasts: lengths[i] ?? 0, changes };
  });
}

function withRush({ load, rush = {} }: Phase, knees: Knees): Phase["load"] {
  const rushes = Object.entries(rush).map(([app, one]) => [app, rushing(rate(load[app as AppId], 0), one, knees[app])]);
  return { ...load, ...Object.fromEntries(rushes) };
}

function draw(range: Millis | Range, random: () => number): Millis {
  if (typeof range === "number") return range;
  const { from, to } = range;
  return Math.round((from + random() * (to - from)) / 100) * 100;
}

/** The same load on every app. */
export function everywhere(load: Load): Record<AppId, Load> {
  return Object.fromEntries(APPS.map((app) => [app, load])) as Record<AppId, Load>;
}

/** A small seeded source of chance for draws that are few (mulberry32); the traffic has its own, counter-based. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
