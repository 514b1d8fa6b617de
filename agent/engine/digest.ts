import type { ErrorKind } from "../investigation.ts";
import type { Component, Instant, Millis, Window } from "../telemetry/model.ts";
import { classify } from "./kinds.ts";
import { isCall, isEntered, isRoot, lasted, type Node, selfTime } from "./traces.ts";

export type EdgeName = string;
export const edgeOf = (caller: Component, callee: Component): EdgeName => `${caller}->${callee}`;

/** Calls of one edge in one window; times in ms. */
export interface EdgeTally {
  readonly caller: Component;
  readonly callee: Component;
  readonly sync: boolean;
  count: number;
  failed: number;
  /** Answered by a server span. */
  answered: number;
  clientTime: Millis;
  serverTime: Millis;
  readonly durations: number[];
  /** Client less server, of answered calls. */
  readonly gaps: number[];
  /** Durations by operation, of calls without a server span. */
  readonly operations: Map<string, number[]>;
  /** Failed calls that no failed server span explains, by kind. */
  readonly broken: Map<ErrorKind, Node[]>;
}
/** What a component did by itself in one window. */
export interface SelfTally {
  /** Requests entered. */
  requests: number;
  failed: number;
  /** Self times in ms by operation. */
  readonly operations: Map<string, number[]>;
  /** Failed spans without a failed child, by kind. */
  readonly own: Map<ErrorKind, Node[]>;
}
/** All that spans tell about one window. */
export interface Digest {
  readonly window: Window;
  /** Requests that users sent. */
  roots: number;
  readonly components: Map<Component, SelfTally>;
  readonly edges: Map<EdgeName, EdgeTally>;
}

/** Tallies the spans that ended in a window. */
export function digest(nodes: readonly Node[], window: Window): Digest {
  const out: Digest = { window, roots: 0, components: new Map(), edges: new Map() };
  for (const node of nodes) {
    if (node.span.end < window.from || node.span.end >= window.to) continue;
    if (isCall(node.span)) addCall(out, node);
    else addOwn(out, node);
  }
  return out;
}

/** The same for equal windows side by side, oldest first. */
export function digests(nodes: readonly Node[], from: Instant, to: Instant, length: Millis): readonly Digest[] {
  const count = Math.floor((to - from) / length);
  const start = to - count * length;
  const parts = Array.from({ length: count }, (): Node[] => []);
  for (const node of nodes) parts[Math.floor((node.span.end - start) / length)]?.push(node);
  return parts.map((part, i) => digest(part, { from: start + i * length, to: start + (i + 1) * length }));
}

function addOwn(out: Digest, node: Node): void {
  const { span } = node;
  const tally = tallyOf(out, span.component);
  if (isEntered(span)) {
    tally.requests += 1;
    if (node.failed) tally.failed += 1;
    if (isRoot(node)) out.roots += 1;
  }
  push(tally.operations, span.name, selfTime(node));
  if (node.failed && !node.children.some((child) => child.failed)) push(tally.own, classify(span), node);
}

function addCall(out: Digest, node: Node): void {
  const { span, answer, callee } = node;
  if (callee === undefined) {
    addOwn(out, node);
    return;
  }
  const edge = edgeTally(out, span.component, callee, span.kind !== "producer");
  edge.count += 1;
  edge.clientTime += lasted(span);
  edge.durations.push(lasted(span));
  if (answer) {
    edge.answered += 1;
    edge.serverTime += lasted(answer.span);
    // A caller that gave up leaves its server behind: the rest of the server's time is not a negative gap.
    edge.gaps.push(Math.max(0, lasted(span) - lasted(answer.span)));
  } else push(edge.operations, span.name, lasted(span));
  if (node.failed) {
    edge.failed += 1;
    if (!node.children.some((child) => child.failed)) push(edge.broken, classify(span), node);
  }
}

function tallyOf(out: Digest, component: Component): SelfTally {
  let tally = out.components.get(component);
  if (!tally) {
    tally = { requests: 0, failed: 0, operations: new Map(), own: new Map() };
    out.components.set(component, tally);
  }
  return tally;
}

function edgeTally(out: Digest, caller: Component, callee: Component, sync: boolean): EdgeTally {
  const name = edgeOf(caller, callee);
  let edge = out.edges.get(name);
  if (!edge) {
    const numbers = { count: 0, failed: 0, answered: 0, clientTime: 0, serverTime: 0 };
    edge = { caller, callee, sync, ...numbers, durations: [], gaps: [], operations: new Map(), broken: new Map() };
    out.edges.set(name, edge);
  }
  return edge;
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** One digest of several: for what needs the whole history at once. */
export function merged(parts: readonly Digest[], window: Window): Digest {
  const out: Digest = { window, roots: 0, components: new Map(), edges: new Map() };
  for (const part of parts) {
    out.roots += part.roots;
    for (const [component, from] of part.components) addTally(tallyOf(out, component), from);
    for (const from of part.edges.values()) addEdge(edgeTally(out, from.caller, from.callee, from.sync), from);
  }
  return out;
}

function addTally(into: SelfTally, from: SelfTally): void {
  into.requests += from.requests;
  into.failed += from.failed;
  for (const [name, values] of from.operations) for (const value of values) push(into.operations, name, value);
  for (const [kind, nodes] of from.own) for (const node of nodes) push(into.own, kind, node);
}

function addEdge(into: EdgeTally, from: EdgeTally): void {
  into.count += from.count;
  into.failed += from.failed;
  into.answered += from.answered;
  into.clientTime += from.clientTime;
  into.serverTime += from.serverTime;
  for (const value of from.durations) into.durations.push(value);
  for (const value of from.gaps) into.gaps.push(value);
  for (const [name, values] of from.operations) for (const value of values) push(into.operations, name, value);
  for (const [kind, nodes] of from.broken) for (const node of nodes) push(into.broken, kind, node);
}

export const countOf = (kinds: ReadonlyMap<ErrorKind, readonly unknown[]>): number => {
  let total = 0;
  for (const list of kinds.values()) total += list.length;
  return total;
};
