import type {
  ComponentState,
  DependencyEdge,
  EdgeFigures,
  Investigation,
  Stamped,
} from "../../../agent/investigation.ts";
import type { Component, Telemetry, Window } from "../../../agent/telemetry/model.ts";
import type { Verdict } from "../../trial-record.ts";

export interface Edge {
  readonly caller: Component;
  readonly callee: Component;
  readonly sync: boolean;
  /** Without percentiles when they come from telemetry alone. */
  readonly before: Partial<EdgeFigures> & { readonly rate: number; readonly failed: number };
  readonly now: (Partial<EdgeFigures> & { readonly rate: number; readonly failed: number }) | null;
  readonly source: "agent" | "telemetry";
}
export interface Topology {
  readonly components: readonly Component[];
  readonly states: ReadonlyMap<Component, ComponentState>;
  readonly edges: readonly Edge[];
}

/** What the map of a drill shows. */
export function topology({ trial }: Verdict, telemetry: Telemetry): Topology {
  const { run, findings, investigation } = trial;
  const steady = run.phases.find((phase) => phase.kind === "steady");
  const calm = steady ?? { from: run.startedAt, to: run.endedAt };
  const watch = run.inForceAt === null ? null : { from: run.inForceAt, to: run.revertingAt ?? run.endedAt };
  return survey({ findings, investigation, components: run.components, calm, watch }, telemetry);
}

export interface Surveyed {
  readonly findings: readonly Stamped[];
  readonly investigation: Investigation;
  /** Known beside those that the agent tells of. */
  readonly components: readonly Component[];
  /** When all was well, and when it was not. */
  readonly calm: Window;
  readonly watch: Window | null;
}

/** Who calls whom: as the agent saw it at its last, else as the spans tell. Sorted, so that the same run draws the same map. */
export function survey({ findings, investigation, components, calm, watch }: Surveyed, telemetry: Telemetry): Topology {
  const last = findings.findLast((one) => one.kind === "all-clear" && one.dependencies !== undefined);
  const clear = last?.kind === "all-clear" ? last : undefined;
  const seen = investigation.picture?.components ?? clear?.components ?? [];
  const dependencies = investigation.picture?.dependencies ?? clear?.dependencies ?? [];
  const edges = (dependencies.length > 0 ? dependencies.map(ofAgent) : ofSpans(calm, watch, telemetry)).toSorted(
    (a, b) => order(a.caller, b.caller) || order(a.callee, b.callee),
  );
  const names = new Set([
    ...components,
    ...seen.map((one) => one.component),
    ...edges.flatMap((edge) => [edge.caller, edge.callee]),
  ]);
  return {
    components: [...names].sort(order),
    states: new Map(seen.map((one) => [one.component, one])),
    edges,
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const ofAgent = (edge: DependencyEdge): Edge => ({ ...edge, now: edge.now ?? null, source: "agent" });

function ofSpans(calm: Window, watch: Window | null, telemetry: Telemetry): Edge[] {
  const before = tally(telemetry, calm);
  const now = watch ? tally(telemetry, watch) : new Map<string, Tally>();
  return [...new Map([...before, ...now])].map(([key, { caller, callee, sync }]) => ({
    caller,
    callee,
    sync,
    before: before.get(key) ?? { rate: 0, failed: 0 },
    now: now.get(key) ?? null,
    source: "telemetry",
  }));
}

interface Tally {
  readonly caller: Component;
  readonly callee: Component;
  readonly sync: boolean;
  readonly rate: number;
  readonly failed: number;
}
function tally(telemetry: Telemetry, window: Window): Map<string, Tally> {
  const seconds = Math.max(1, (window.to - window.from) / 1_000);
  return new Map(
    telemetry
      .calls({ from: window.from, to: window.to })
      .map(({ caller, callee, sync, count, failed }) => [
        JSON.stringify([caller, callee]),
        { caller, callee, sync, rate: count / seconds, failed: count > 0 ? failed / count : 0 },
      ]),
  );
}
