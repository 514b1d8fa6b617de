import type { Instant } from "../agent/telemetry/model.ts";
import type { RunEvent } from "../generator/drive.ts";
import { APPS } from "../generator/targets/target.ts";
import { rate } from "../generator/traffic/load.ts";
import type { Outcome } from "../generator/traffic/outcome.ts";
import { type Bin, binned, isBad, type Normal, normalOf, type Objective, onset } from "../generator/traffic/users.ts";
import { breakdown, figures } from "./figures.ts";
import type { DrivenPhase, InjectedFault, Run } from "./run.ts";

const BIN = 5_000;
const ALL = "all";

/** What is known of a run while it is driven; `settled` makes the record of it. */
export interface RunLog {
  readonly outcomes: readonly Outcome[];
  readonly phases: readonly DrivenPhase[];
  take(event: RunEvent): void;
  /**
   * `incident`: something was done in the watch; a control has no instant of injection. `objective`: what users were
   * promised, where the scenario says so.
   */
  settled(incident: boolean, objective?: Objective): Driven;
}
/** The part of a run's record that comes from what was done and what users felt. */
export type Driven = Omit<Run, "id" | "case" | "scenario" | "title" | "seed" | "mode" | "health" | "components">;

interface Noted {
  readonly outcomes: Outcome[];
  readonly phases: DrivenPhase[];
  readonly faults: Extract<RunEvent, { kind: "injected" }>[];
  readonly impacts: Map<number, Extract<RunEvent, { kind: "verified" }>["impact"]>;
  revertingAt: Instant | null;
  revertedAt: Instant | null;
  recoveredAt: Instant | null;
  endedAt: Instant;
  stopped: Run["stopped"];
}

/** Collects the events of a drive. */
export function runLog(): RunLog {
  const noted: Noted = {
    outcomes: [],
    phases: [],
    faults: [],
    impacts: new Map(),
    revertingAt: null,
    revertedAt: null,
    recoveredAt: null,
    endedAt: 0,
    stopped: null,
  };
  return {
    outcomes: noted.outcomes,
    phases: noted.phases,
    take: (event) => note(noted, event),
    settled: (incident, objective) => settle(noted, incident, objective),
  };
}

function note(noted: Noted, event: RunEvent): void {
  switch (event.kind) {
    case "outcomes":
      noted.outcomes.push(...event.outcomes);
      return;
    case "phase": {
      const { name, kind, load } = event.phase;
      const rps = Object.fromEntries(APPS.map((app) => [app, rate(load[app], 0)]));
      noted.phases.push({ name, kind, from: event.at, to: event.until, rps });
      return;
    }
    case "injected":
      noted.faults.push(event);
      return;
    case "changed":
      // The recording holds what the platform announced.
      return;
    case "verified":
      noted.impacts.set(event.fault, event.impact);
      return;
    case "reverting":
      noted.revertingAt = event.at;
      return;
    case "reverted":
      noted.revertedAt = event.at;
      return;
    case "recovered":
      noted.recoveredAt = event.at;
      return;
    case "stopped":
      noted.stopped = { rule: event.rule, saw: event.saw, limit: event.limit };
      return;
    case "ended":
      noted.endedAt = event.at;
  }
}

function settle(noted: Noted, incident: boolean, objective: Objective | undefined): Driven {
  const { outcomes } = noted;
  const phases = noted.phases.map((phase) => ({ ...phase, to: Math.min(phase.to, noted.endedAt) }));
  const startedAt = phases[0]?.from ?? noted.endedAt;
  const watch = phases.find((phase) => phase.kind === "watch");
  const steady = phases.find((phase) => phase.kind === "steady");
  const users = usersOf(outcomes, startedAt, noted.endedAt);
  const normal = normalsOf(users, steady);
  const faults = noted.faults.map((event, i) => faultOf(event, noted.impacts.get(i)));
  const effective = faults.map((one) => one.effective.notAfter);
  const since = effective.length > 0 ? Math.min(...effective) : (watch?.from ?? null);
  const during = since === null ? null : { from: since, to: noted.revertingAt ?? watch?.to ?? noted.endedAt };
  const requested = faults.map((one) => one.requestedAt);
  return {
    startedAt,
    endedAt: noted.endedAt,
    phases,
    faults,
    inForceAt: incident ? since : null,
    harmAt: during && harm(users, normal, { ...during, from: Math.min(during.from, ...requested) }, objective),
    revertingAt: noted.revertingAt,
    revertedAt: noted.revertedAt,
    recoveredAt: noted.recoveredAt,
    users,
    normal,
    ...(objective ? { objective } : {}),
    load: {
      all: figures(outcomes, startedAt, noted.endedAt),
      incident: during ? figures(outcomes, during.from, during.to) : null,
      phases: phases.map((phase) => ({ name: phase.name, ...figures(outcomes, phase.from, phase.to) })),
      apps: during ? appsIn(outcomes, during.from, during.to) : {},
    },
    stopped: noted.stopped,
  };
}

function usersOf(outcomes: readonly Outcome[], from: Instant, to: Instant): Record<string, readonly Bin[]> {
  const users: Record<string, readonly Bin[]> = { [ALL]: binned(outcomes, from, to) };
  for (const app of APPS) {
    const mine = outcomes.filter((one) => one.app === app);
    if (mine.length > 0) users[app] = binned(mine, from, to);
  }
  return users;
}

function normalsOf(
  users: Readonly<Record<string, readonly Bin[]>>,
  steady: DrivenPhase | undefined,
): Record<string, Normal> {
  const within = (bins: readonly Bin[]): readonly Bin[] =>
    steady ? bins.filter((bin) => bin.from >= steady.from && bin.from + BIN <= steady.to) : [];
  return Object.fromEntries(Object.entries(users).map(([key, bins]) => [key, normalOf(within(bins))]));
}

/**
 * The first harm that users felt, of all requests or of one entry app; never before the fault was asked for. Meters say
 * later than users that a release crashes.
 */
function harm(
  users: Readonly<Record<string, readonly Bin[]>>,
  normal: Readonly<Record<string, Normal>>,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  objective: Objective | undefined,
): Instant | null {
  const starts = Object.entries(users).flatMap(([key, bins]) => {
    const during = bins.filter((bin) => bin.from + BIN > from && bin.from < to);
    return onset(during, normal[key] ?? { badShare: 0, p95: 0 }, objective) ?? [];
  });
  return starts.length === 0 ? null : Math.max(from, Math.min(...starts));
}

function faultOf(
  { what, requestedAt, injection }: Extract<RunEvent, { kind: "injected" }>,
  impact: InjectedFault["impact"] | undefined,
): InjectedFault {
  return {
    kind: what.kind,
    on: what.on,
    params: { ...what.params },
    trigger: what.trigger,
    requestedAt,
    effective: injection.effective,
    impact: impact ?? null,
    doses: injection.doses(),
    reverted: injection.outcome(),
  };
}

function appsIn(outcomes: readonly Outcome[], from: Instant, to: Instant): Driven["load"]["apps"] {
  const apps: Record<string, Driven["load"]["apps"][string]> = {};
  for (const app of APPS) {
    const mine = outcomes.filter((one) => one.app === app && one.due >= from && one.due < to);
    if (mine.length === 0) continue;
    apps[app] = { requests: mine.length, errorShare: mine.filter(isBad).length / mine.length, how: breakdown(mine) };
  }
  return apps;
}
