import type { ErrorKind, ErrorPattern } from "../investigation.ts";
import type { Component } from "../telemetry/model.ts";
import { edgeOf } from "./digest.ts";
import type { Traced } from "./impact.ts";
import { classify, detailOf } from "./kinds.ts";
import { isCall, type Node, origin } from "./traces.ts";
import { type UserRoute, userRoutes } from "./user-requests.ts";

/** At most so many patterns, and traces of each. */
const MOST = 12;
const EXAMPLES = 3;

/**
 * How users' requests fail, by entry route, kind and place of origin. A lost request counts once, where it entered;
 * the shares of one route's patterns sum to 1. Those that grew most come first.
 */
export function errorPatterns(now: Traced, past: Traced): readonly ErrorPattern[] {
  const usual = userRoutes(past.nodes, past.window);
  const found: { readonly pattern: ErrorPattern; readonly excess: number }[] = [];
  for (const [key, of] of userRoutes(now.nodes, now.window)) {
    const failed = of.requests.filter((node) => node.failed);
    const before = sharesOf(usual.get(key));
    for (const [kindAndPlace, nodes] of Map.groupBy(failed, patternKey)) {
      const pattern = patternOf(of, nodes, failed.length, before.get(kindAndPlace) ?? 0);
      found.push({ pattern, excess: (pattern.shareOfRequests - pattern.baselineShare) * of.requests.length });
    }
  }
  return found
    .sort((a, b) => b.excess - a.excess)
    .slice(0, MOST)
    .map((one) => one.pattern);
}

function patternOf(of: UserRoute, nodes: readonly Node[], failures: number, baselineShare: number): ErrorPattern {
  const { component, route, requests } = of;
  const origins = nodes.map(origin);
  const [first] = origins;
  const byTime = nodes.toSorted((a, b) => a.span.start - b.span.start);
  return {
    component,
    route,
    kind: first ? kindOf(first) : "internal",
    failed: nodes.length,
    shareOfErrors: nodes.length / Math.max(1, failures),
    shareOfRequests: nodes.length / Math.max(1, requests.length),
    baselineShare,
    origin: first ? placeOf(first) : component,
    detail: commonest(origins.map((node) => detailOf(node.span))),
    first: byTime[0]?.span.start ?? 0,
    example: byTime.slice(0, EXAMPLES).map((node) => node.span.trace),
  };
}

function sharesOf(quiet: UserRoute | undefined): ReadonlyMap<string, number> {
  const failed = quiet?.requests.filter((node) => node.failed) ?? [];
  const groups = [...Map.groupBy(failed, patternKey)];
  return new Map(groups.map(([key, nodes]) => [key, nodes.length / Math.max(1, quiet?.requests.length ?? 0)]));
}

function patternKey(root: Node): string {
  const node = origin(root);
  return `${kindOf(node)} ${placeOf(node)}`;
}

const kindOf = (node: Node): ErrorKind => classify(node.span);

/**
 * Where a failure began: in the component of the deepest failed span; a call that failed without a failure of its
 * callee began on the way, in the callee if that one answered with a failure, or in the caller's own pool.
 */
export function placeOf(node: Node): Component {
  const { span, callee } = node;
  if (!isCall(span) || callee === undefined) return span.component;
  switch (kindOf(node)) {
    case "pool":
      return span.component;
    case "internal":
    case "unavailable":
    case "limit":
    case "client":
      return callee;
    default:
      return edgeOf(span.component, callee);
  }
}

function commonest(words: readonly string[]): string {
  const counts = [...Map.groupBy(words, (word) => word)].sort((a, b) => b[1].length - a[1].length);
  return counts[0]?.[0] ?? "";
}
