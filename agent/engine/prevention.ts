import type { FaultClass } from "../investigation.ts";
import type { Component, Instant, Millis } from "../telemetry/model.ts";
import { CURES } from "./cures.ts";
import { figure } from "./evidence.ts";
import type { PastRun } from "./past-run.ts";
import { placed } from "./remedies.ts";
import { median } from "./robust.ts";

/** Something worth changing, because it showed in investigations of the past. */
export interface Prevention {
  readonly kind: "recurring" | "fragile-edge" | "late-detection" | "retries";
  /** A component, or an edge `a->b`. */
  readonly component: Component;
  readonly claim: string;
  readonly proposal: string;
  /** Lost requests that an investigated run bears because of it, on average: the ranking. */
  readonly value: number;
  /** The runs that show it. */
  readonly runs: readonly string[];
}

/** The same fault so often is a finding of its own. Engine page, section 13. */
const AGAIN = 2;
/** An alarm this long after the onset is a gap in detection. Engine page, section 13. */
const LATE: Millis = 60_000;
/** Times the usual calls a request from which retries amplify. Engine page, section 13. */
const AMPLIFIED = 1.5;

/** What should be changed before the next incident, the most valuable first. Only named causes count as causes. */
export function prevention(past: readonly PastRun[]): readonly Prevention[] {
  const found = [...recurring(past), ...fragileEdges(past), ...lateDetection(past), ...retrying(past)];
  return found.sort((a, b) => b.value - a.value || b.runs.length - a.runs.length || (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = ({ kind, component }: Prevention) => `${kind} ${component}`;
const idsOf = (runs: readonly PastRun[]): readonly string[] => runs.map(({ run }) => run);
const lostIn = (runs: readonly PastRun[]): number => median(runs.map(({ lost }) => lost));
const of = (some: readonly unknown[], all: readonly unknown[]): string =>
  `${some.length} of ${all.length} investigations`;

/** The same component, cause, log template and kind of change, in several runs. */
function recurring(past: readonly PastRun[]): readonly Prevention[] {
  const fingerprints = past.flatMap((run) =>
    run.named.map((fault) => ({
      run,
      fault,
      key: JSON.stringify([fault.component, fault.cause, fault.template, fault.change]),
    })),
  );
  return [...Map.groupBy(fingerprints, ({ key }) => key).values()].flatMap((same) => {
    const runs = [...new Set(same.map(({ run }) => run))];
    const fault = same[0]?.fault;
    if (!fault || runs.length < AGAIN) return [];
    const { component, cause, template, change } = fault;
    const after = change === undefined ? "" : ` after a ${change}`;
    const logged = template === undefined ? "" : `, with "${template}" in the logs`;
    return {
      kind: "recurring" as const,
      component,
      claim: `${cause} of ${component} was named in ${of(runs, past)}${after}${logged}`,
      proposal: laterCure(cause, component),
      value: (runs.length / past.length) * lostIn(runs),
      runs: idsOf(runs),
    };
  });
}

/** What helps for good, by the same table as the remedies of one incident. */
function laterCure(cause: FaultClass, component: Component): string {
  const cure = CURES[cause].find(({ when }) => when === "later");
  return placed(cure?.text ?? "Let $ tell more of itself, so that its trouble has a name", component);
}

/**
 * Edges by which faults of the callee reach the caller: rate of incidents x p x median of lost requests, where
 * p = (caller suffered + 1) / (callee incidents + 2).
 */
function fragileEdges(past: readonly PastRun[]): readonly Prevention[] {
  const edges = new Map(
    past.flatMap(({ calls }) => calls.map((edge) => [`${edge.caller}->${edge.callee}`, edge] as const)),
  );
  return [...edges].flatMap(([name, { caller, callee }]) => {
    const incidents = past.filter(({ named }) =>
      named.some((one) => one.component === callee || one.component === name),
    );
    const suffered = incidents.filter(({ affected }) => affected.includes(caller));
    if (suffered.length === 0 || caller === callee) return [];
    const p = (suffered.length + 1) / (incidents.length + 2);
    return {
      kind: "fragile-edge" as const,
      component: name,
      claim: `${callee}, or the way to it, was the cause in ${of(incidents, past)}, and ${caller} suffered in ${suffered.length} of them`,
      proposal: `Bound what ${callee} can do to ${caller}: a time-out, a breaker, an answer for when it fails`,
      value: (incidents.length / past.length) * p * lostIn(incidents),
      runs: idsOf(suffered),
    };
  });
}

function lateDetection(past: readonly PastRun[]): readonly Prevention[] {
  const late = past.flatMap((run) => {
    const gap = gapOf(run);
    return gap > LATE ? [{ run, gap, where: run.named[0]?.component ?? "unknown" }] : [];
  });
  return [...Map.groupBy(late, ({ where }) => where)].map(([component, group]) => {
    const gap = median(group.map((one) => one.gap));
    const lost = median(group.map((one) => (one.run.lostPerMinute * (one.gap - LATE)) / 60_000));
    return {
      kind: "late-detection" as const,
      component,
      claim: `the alarm came ${figure(gap / 1000)} s after the onset, at the median of ${of(group, past)}`,
      proposal: `Alert on what left its normal first in these runs, for ${component}`,
      value: (group.length / past.length) * lost,
      runs: idsOf(group.map(({ run }) => run)),
    };
  });
}

const gapOf = ({ began, alarmed }: { readonly began?: Instant; readonly alarmed?: Instant }): Millis =>
  began === undefined || alarmed === undefined ? 0 : alarmed - began;

function retrying(past: readonly PastRun[]): readonly Prevention[] {
  const seen = past.flatMap((run) =>
    run.retries.filter(({ times }) => times > AMPLIFIED).map((one) => ({ run, ...one })),
  );
  return [...Map.groupBy(seen, ({ component }) => component)].map(([component, group]) => {
    const runs = [...new Set(group.map(({ run }) => run))];
    const times = median(group.map((one) => one.times));
    return {
      kind: "retries" as const,
      component,
      claim: `${component} multiplied its calls by ${figure(times)} while its callee failed, at the median of ${of(runs, past)}`,
      proposal: laterCure("retry-storm", component),
      value: (runs.length / past.length) * lostIn(runs),
      runs: idsOf(runs),
    };
  });
}
