import type { Verdict } from "../../trial-record.ts";
import { type Block, cell, prose, type Section, table } from "../block.ts";
import { map } from "../charts/map.ts";
import { latency, percent, perSecond } from "../numbers.ts";
import { type Rolled, rolesOf, wouldCount } from "../readings/roles.ts";
import type { Edge, Topology } from "../readings/topology.ts";
import { name } from "../text.ts";

const SYMBOLS =
  "✓ healthy, ▲ degraded, ✗ failing, ○ silent as the agent judged it. Dashed boxes send no telemetry of their own; heavy lines are calls that became clearly slower or failed more.";

/** Who calls whom, with the truth beside the answer. */
export function serviceMap(verdict: Verdict, seen: Topology): Section {
  const roles = rolesOf(verdict, seen);
  const also = (component: string): string =>
    !roles(component).truly && wouldCount(verdict, component) ? "accepted as the place of the cause" : "";
  return mapped(seen, roles, "★ true cause; ◎ and a dashed ring: named by the agent; ~ symptom", also);
}

/** Who calls whom. `marks` says what else is drawn, `also` what else a component is. */
export function mapped(
  seen: Topology,
  roles: Rolled,
  marks: string,
  also: (component: string) => string = () => "",
): Section {
  const caption = `${marks}; ${SYMBOLS}`;
  const blocks: Block[] =
    seen.components.length === 0
      ? [prose("No component was heard of.", "quiet")]
      : [
          {
            kind: "figure",
            caption,
            wide: map("map-w", false, seen, roles),
            narrow: map("map-n", true, seen, roles),
            legend: [],
          },
        ];
  const source = seen.edges[0]?.source === "agent" ? "as the agent learned them" : "as counted from spans";
  return {
    id: "map",
    nav: "Map",
    title: "Service map",
    lead: null,
    blocks: [...blocks, edges(seen.edges, source), components(seen, roles, also)],
  };
}

function edges(all: readonly Edge[], source: string): Block {
  if (all.length === 0) return prose("No calls between components were seen.", "quiet");
  const pair = (before: string, now: string | null): string => (now === null ? before : `${before} → ${now}`);
  const time = (ms: number | undefined): string => (ms === undefined ? "n/a" : latency(ms));
  const rows = all.map(({ caller, callee, before, now, sync }) => [
    cell(`${name(caller)} → ${name(callee)}`, sync ? null : "asynchronous"),
    pair(perSecond(before.rate), now && perSecond(now.rate)),
    pair(time(before.p50), now && time(now.p50)),
    pair(time(before.p95), now && time(now.p95)),
    pair(percent(before.failed), now && percent(now.failed)),
  ]);
  return table(
    `Calls ${source}: in healthy time → in the incident`,
    ["Edge", "#Rate", "#p50", "#p95", "#Failed"],
    rows,
  );
}

function components({ components: all, states }: Topology, roles: Rolled, also: (component: string) => string): Block {
  const rows = all.map((component) => {
    const own = roles(component);
    const told = states.get(component);
    const part = [
      own.truly ? "true cause" : "",
      own.named ? "named by the agent" : "",
      own.symptom ? "symptom" : "",
      own.decoy ? "decoy" : "",
      own.entry ? "entry" : "",
      also(component),
    ];
    const attributes = Object.entries(told?.attributes ?? {}).map(([key, value]) => `${key}=${value}`);
    return [
      name(component),
      own.health ?? "not told",
      part.filter((one) => one !== "").join(", "),
      cell(told?.why ?? "", attributes.length > 0 ? attributes.join(", ") : null, "wide-cell"),
    ];
  });
  return table("Components", ["Component", "Health, by the agent", "Part in the incident", "Why"], rows);
}
