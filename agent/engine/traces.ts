import type { Attributes, Component, Millis, Span } from "../telemetry/model.ts";
import { isFailed, statusOf } from "./bins.ts";

/** A span in its tree. */
export interface Node {
  readonly span: Span;
  readonly failed: boolean;
  readonly parent: Node | undefined;
  readonly children: readonly Node[];
  /** For a client or producer span: whom it called. */
  readonly callee: Component | undefined;
  /** The server or consumer span that answered it. */
  readonly answer: Node | undefined;
}
interface Growing extends Node {
  parent: Growing | undefined;
  children: Growing[];
  callee: Component | undefined;
  answer: Growing | undefined;
}
/** `server.address:port` as a caller sees it -> component that answered there in quiet time. */
export type AddressBook = ReadonlyMap<string, Component>;

const text = (attributes: Attributes, ...keys: readonly string[]): string | undefined => {
  for (const key of keys) {
    const value = attributes[key];
    if (value !== undefined && value !== "") return String(value);
  }
  return undefined;
};

export const isCall = (span: Span) => span.kind === "client" || span.kind === "producer";
export const isEntered = (span: Span) => span.kind === "server" || span.kind === "consumer";

/** Joins spans to trees and names the callee of every call. Spans whose parent is not among them are tops. */
export function forest(spans: readonly Span[], book: AddressBook = new Map()): readonly Node[] {
  return named(joined(spans), book);
}

/** The same for spans that are their own address book. */
export function forestOfItself(spans: readonly Span[]): {
  readonly nodes: readonly Node[];
  readonly addresses: AddressBook;
} {
  const nodes = joined(spans);
  const addresses = learnAddresses(nodes);
  return { nodes: named(nodes, addresses), addresses };
}

/** Most spans have no children: they share one list, which stays empty. */
const NONE: Growing[] = [];

function joined(spans: readonly Span[]): readonly Growing[] {
  const byId = new Map<string, Growing>();
  const nodes: Growing[] = [];
  for (const span of spans) {
    const node = {
      span,
      failed: isFailed(span),
      parent: undefined,
      children: NONE,
      callee: undefined,
      answer: undefined,
    };
    byId.set(span.id, node);
    nodes.push(node);
  }
  for (const node of nodes) {
    const parent = node.span.parent === undefined ? undefined : byId.get(node.span.parent);
    if (!parent || parent === node || parent.span.trace !== node.span.trace) continue;
    node.parent = parent;
    if (parent.children === NONE) parent.children = [node];
    else parent.children.push(node);
    if (isCall(parent.span) && isEntered(node.span)) parent.answer = node;
  }
  return nodes;
}

function named(nodes: readonly Growing[], book: AddressBook): readonly Node[] {
  for (const node of nodes)
    if (isCall(node.span)) node.callee = node.answer?.span.component ?? calleeOf(node.span, book);
  return nodes;
}

/**
 * Who was called, from the call alone: the address book, the database, the queue, the named peer. The address itself
 * is the last resort, so that time and failures of a nameless callee are not taken for the caller's own.
 */
export function calleeOf(span: Span, book: AddressBook): Component | undefined {
  const address = addressOf(span);
  return book.get(address ?? "") ?? virtualCallee(span) ?? address;
}

/** The name of a callee that sends no spans of its own. Never a port: it may belong to a proxy. */
export function virtualCallee(span: Span): Component | undefined {
  const { attributes } = span;
  const database = text(attributes, "db.system.name", "db.system");
  if (database !== undefined) return text(attributes, "db.namespace", "db.name")?.split("|")[0] ?? database;
  const queue = text(attributes, "messaging.destination.name");
  if (queue !== undefined) return queue;
  return text(attributes, "service.peer.name", "peer.service");
}

/** `server.address:port` of a call, as the caller configured it. */
export function addressOf(span: Span): string | undefined {
  const address = text(span.attributes, "server.address", "net.peer.name");
  if (address === undefined) return undefined;
  return `${address}:${text(span.attributes, "server.port", "net.peer.port") ?? ""}`;
}

/** Learns who answers at which address from calls that were answered. The most frequent answer wins. */
export function learnAddresses(nodes: readonly Node[]): AddressBook {
  const seen = new Map<string, Map<Component, number>>();
  for (const node of nodes) {
    const address = node.answer && addressOf(node.span);
    if (!address || !node.answer) continue;
    const counts = seen.get(address) ?? new Map<Component, number>();
    counts.set(node.answer.span.component, (counts.get(node.answer.span.component) ?? 0) + 1);
    seen.set(address, counts);
  }
  const book = new Map<string, Component>();
  for (const [address, counts] of seen) {
    const best = [...counts].sort((a, b) => b[1] - a[1])[0];
    if (best) book.set(address, best[0]);
  }
  return book;
}

export const lasted = (span: Span): Millis => Math.max(0, span.end - span.start);

/** Time of a span that none of its children accounts for: its length less the union of theirs, clipped to it. */
export function selfTime(node: Node): Millis {
  if (node.children.length === 0) return lasted(node.span);
  const intervals = node.children
    .map(({ span }) => [Math.max(span.start, node.span.start), Math.min(span.end, node.span.end)] as const)
    .filter(([from, to]) => to > from)
    .sort((a, b) => a[0] - b[0]);
  let covered = 0;
  let reached = node.span.start;
  for (const [from, to] of intervals) {
    covered += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return Math.max(0, lasted(node.span) - covered);
}

/** A request that users sent: entered, and no caller of it is known. */
export const isRoot = (node: Node) => isEntered(node.span) && node.parent === undefined;

/** The deepest failed span below (or at) a failed one: follows the first failed child down. */
export function origin(node: Node): Node {
  let at = node;
  for (let depth = 0; depth < 64; depth++) {
    const next = at.children.find((child) => child.failed);
    if (!next) return at;
    at = next;
  }
  return at;
}

/** So many characters of a text are read: what it tells stands at its start, and patterns are slow on long ones. */
const READ = 2000;

/** What a failed span says about itself, message first: the material for its kind. */
export function wordsOf(span: Span): readonly string[] {
  const status = statusOf(span);
  const type = span.attributes["error.type"];
  const message = span.attributes["otel.status_description"] ?? span.attributes["error.message"];
  return [
    ...span.exceptions.map((exception) => exception.message.slice(0, READ)),
    ...(message === undefined ? [] : [String(message).slice(0, READ)]),
    ...span.exceptions.map((exception) => exception.type.slice(0, READ)),
    ...(type === undefined ? [] : [String(type).slice(0, READ)]),
    ...(status > 0 ? [String(status)] : []),
  ];
}
