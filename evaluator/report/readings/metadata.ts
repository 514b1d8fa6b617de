import type { Attributes, Component, ComponentCard, Telemetry, Window } from "../../../agent/telemetry/model.ts";
import { inCores, quantity } from "../numbers.ts";
import { tracks } from "./resources.ts";

/** What a component says of itself, sorted by what people ask for; empty where it says nothing. */
export interface Metadata {
  readonly version: string;
  readonly owner: string;
  readonly place: string;
  readonly runtime: string;
  readonly labels: string;
  readonly limits: string;
  readonly probes: string;
}

/** Attributes of each kind, as OpenTelemetry and its Kubernetes and cloud detectors name them; any of them may be absent. */
const KEYS: Readonly<Record<Exclude<keyof Metadata, "limits">, RegExp>> = {
  version: /^(service\.version|container\.image\.(name|tags?)|deployment\.(id|name))$/,
  owner: /(^|\.)(owner|team|contact)$/,
  place:
    /^(service\.namespace|deployment\.environment(\.name)?|k8s\.(cluster|namespace|node|pod|deployment|statefulset|daemonset)\.(name|ip)|k8s\.pod\.ip|host\.(name|ip)|cloud\.(region|account\.id|availability_zone)|container\.name)$/,
  runtime: /^process\.runtime\.(name|version)$/,
  labels: /^k8s\.[a-z]+\.(labels?|annotations?)\./,
  probes: /probe/,
};
const LIMIT = /^(k8s\.container|container|k8s\.pod)\..*(limit|request)s?$/;

/** What is known of one component: from its resource attributes, and its limits from metrics too. */
export function metadataOf({ component, attributes }: ComponentCard, telemetry: Telemetry, within: Window): Metadata {
  const of = (kind: keyof typeof KEYS): string => told(attributes, KEYS[kind]);
  const runtime = Object.entries(attributes).filter(([key]) => KEYS.runtime.test(key));
  return {
    version: of("version"),
    owner: of("owner"),
    place: of("place"),
    runtime: runtime.map(([, value]) => String(value)).join(" "),
    labels: of("labels"),
    limits: [told(attributes, LIMIT), ...limitsOf(telemetry, component, within)].filter(Boolean).join(", "),
    probes: of("probes"),
  };
}

/** One attribute stands for itself, several with their names. */
function told(attributes: Attributes, keys: RegExp): string {
  const found = Object.entries(attributes).filter(([key]) => keys.test(key));
  const [only, more] = found;
  if (only === undefined) return "";
  return more === undefined ? String(only[1]) : found.map(([key, value]) => `${key}=${value}`).join(", ");
}

/** The newest value of each limit that the component's own metrics tell. */
function limitsOf(telemetry: Telemetry, component: Component, within: Window): readonly string[] {
  return tracks(telemetry, component, within).flatMap(({ resource, unit, points }) => {
    const newest = points.findLast(({ value }) => value !== null)?.value;
    if (resource.role !== "limit" || newest === null || newest === undefined) return [];
    return [`${resource.name} ${quantity(newest, inCores(resource.name, unit))}`];
  });
}
