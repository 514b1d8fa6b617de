import type { Component } from "../telemetry/model.ts";
import { BIN, isHeard, OFF, type Rollup } from "./bins.ts";
import type { Readings } from "./readings.ts";
import type { Quiet } from "./samples.ts";
import type { Scene } from "./scene.ts";
import { isEntered, type Node } from "./traces.ts";

/** Below so many bins the norms are rough. Engine page, section 3. */
const SHORT = 36;
const COVERED = 0.9;

/** Share of the calls between services of which both sides were seen; 1 when there are none. */
export function coverage(nodes: readonly Node[]): number {
  let joined = 0;
  let lost = 0;
  for (const node of nodes) {
    if (!isEntered(node.span) || node.span.parent === undefined) continue;
    if (node.parent) joined += 1;
    else if (node.span.component !== topOf(nodes, node)) lost += 1;
  }
  return joined + lost > 0 ? joined / (joined + lost) : 1;
}

/** The component of the earliest entered span of the trace: its missing parent is the user. */
function topOf(nodes: readonly Node[], node: Node): Component {
  const first = firsts.get(nodes) ?? indexFirsts(nodes);
  return first.get(node.span.trace)?.span.component ?? node.span.component;
}
const firsts = new WeakMap<readonly Node[], ReadonlyMap<string, Node>>();
function indexFirsts(nodes: readonly Node[]): ReadonlyMap<string, Node> {
  const first = new Map<string, Node>();
  for (const node of nodes) {
    const known = first.get(node.span.trace);
    if (isEntered(node.span) && (!known || node.span.start < known.span.start)) first.set(node.span.trace, node);
  }
  firsts.set(nodes, first);
  return first;
}

/** What an investigation could not see. */
export function gapsIn(scene: Scene): readonly string[] {
  const gaps = [...watchGaps(scene.rollup, scene.readings, scene.quiet)];
  const share = coverage(scene.past.nodes);
  if (share < COVERED)
    gaps.push(`only ${Math.round(share * 100)} % of the calls between services have both their spans`);
  for (const [name, edge] of scene.past.whole.edges)
    if (edge.gaps.length === 0) gaps.push(`${edge.callee} sends no spans of its own: ${name} is known from its caller`);
  return gaps;
}

/** Whose spans come at another time than they tell: their bins are not those of the others. */
function clockGaps({ heard, strays }: Rollup): readonly string[] {
  const gaps: string[] = [];
  for (const [component, { lag }] of [...heard].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (Math.abs(lag) <= OFF) continue;
    const seconds = Math.round(Math.abs(lag) / 1000);
    const told = lag > 0 ? `${seconds} s after they ended` : `${seconds} s before they end`;
    gaps.push(`spans of ${component} arrive ${told}: its clock is off, or they are held back`);
  }
  const spans = strays === 1 ? "1 span is" : `${strays} spans are`;
  if (strays > 0) gaps.push(`${spans} more than 20 minutes off by the sender's clock, and left out`);
  return gaps;
}

/** What a watch could not see: short history, silent components, components without metrics. */
export function watchGaps(rollup: Rollup, readings: Readings, quiet: Quiet | undefined): readonly string[] {
  if (!quiet) return ["too little history to know what is normal", ...clockGaps(rollup)];
  const measured = new Set(readings.tracks.values().map((track) => track.component));
  const gaps: string[] = [];
  if (quiet.history.length < SHORT) gaps.push(`the baseline has only ${quiet.history.length} bins of ${BIN / 1000} s`);
  for (const component of [...quiet.all.keys()].sort()) {
    if (!isHeard(rollup, component)) gaps.push(`${component} has sent no server span in the last 15 s`);
    if (!measured.has(component)) gaps.push(`${component} sends no metrics that are understood`);
  }
  gaps.push(...clockGaps(rollup));
  return gaps;
}
