import * as z from "zod";
import type { Fault } from "../../generator/faults/fault.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import type { Millis, PlaceId } from "../../generator/targets/target.ts";
import type { Kind } from "./kinds.ts";
import { requireOneOf } from "./nearest.ts";
import { inWords, type Offer, parametersOf, placesFor } from "./offer.ts";
import type { RunFile } from "./run-file.ts";

/** What a person typed. */
export interface Asked {
  readonly kind: string | undefined;
  readonly on: string | undefined;
  /** Each as `name=value`. */
  readonly params: readonly string[];
  /** Such as `5m`. */
  readonly ttl: string;
}
export interface Order {
  readonly fault: Fault;
  /** Its dose follows what users send, and nobody said how much that will be. */
  readonly measures: boolean;
}

const usage = (message: string, hint: string): HarnessError => new HarnessError(message, { hint, exitCode: 2 });

/** The fault that is asked for. Throws (exit 2) for what there is not, naming the nearest that there is. */
export function orderOf(asked: Asked, kinds: readonly Kind[], apps: RunFile): Order {
  const able = kinds.filter((one): one is Kind & { offer: Offer } => one.offer !== undefined);
  const names = able.map(({ kind }) => kind);
  if (asked.kind === undefined) throw usage("name a kind of fault", `one of: ${names.join(", ")}`);
  requireOneOf(asked.kind, names, "kind of fault");
  const { offer } = able.find(({ kind }) => kind === asked.kind) as { offer: Offer };
  const params = paramsOf(offer, asked.kind, asked.params);
  const on = placeOf(offer, asked, apps);
  const fault = offer.fault(on, params, duration(asked.ttl));
  requireBuilds(fault, apps);
  return { fault, measures: offer.byLoad && params["rps"] === undefined };
}

function paramsOf(offer: Offer, kind: string, texts: readonly string[]): Record<string, unknown> {
  const known = parametersOf(offer).map(({ name }) => name);
  const given = texts.map((text) => {
    const [name = "", ...rest] = text.split("=");
    if (rest.length === 0) throw usage(`--param ${text} has no value`, "write it as name=value");
    requireOneOf(name, known, `parameter of ${kind}`);
    return [name, rest.join("=")] as const;
  });
  const read = offer.params.safeParse(Object.fromEntries(given));
  if (read.success) return read.data;
  throw usage(`a parameter of ${kind} does not do:\n${z.prettifyError(read.error)}`, "npm run chaos -- list");
}

function placeOf({ where }: Offer, { kind, on }: Asked, apps: RunFile): PlaceId {
  const places = placesFor(where, { edges: apps.edges, processes: apps.processes.map(({ what }) => what) });
  const [only, more] = places;
  if (only === undefined)
    throw usage(`${kind} can be on ${inWords(where)}, and none runs here`, "npm run chaos -- status");
  if (on === undefined && more !== undefined)
    throw usage(`${kind} can be in more than one place; say --on PLACE`, `one of: ${places.join(", ")}`);
  if (on !== undefined) requireOneOf(on, places, `place for ${kind}`);
  return (on ?? only) as PlaceId;
}

/** Throws (exit 3) when the apps were started without the builds that it rolls out. */
function requireBuilds({ kind, releases }: Fault, apps: RunFile): void {
  const lacking = releases.filter(
    ({ app, release }) => !apps.releases.some((one) => one.app === app && one.release === release),
  );
  if (lacking.length === 0) return;
  const names = lacking.map(({ app, release }) => `${release} of ${app}`).join(", ");
  throw new HarnessError(`${kind} rolls out a build that these apps do not have: ${names}`, {
    hint: "end the apps and start them without --releases none",
    exitCode: 3,
  });
}

const UNITS: Readonly<Record<string, Millis>> = { s: 1_000, m: 60_000 };
const LONGEST: Millis = 30 * 60_000;

/** `90s` or `5m` as milliseconds, 1 s to 30 min. Throws (exit 2) for anything else. */
export function duration(text: string): Millis {
  const [, amount, unit = ""] = text.match(/^(\d+(?:\.\d+)?)(s|m)$/) ?? [];
  const length = Number(amount) * (UNITS[unit] ?? Number.NaN);
  if (length >= 1_000 && length <= LONGEST) return length;
  throw usage(`--ttl is a time from 1s to 30m, not "${text}"`, "for example --ttl 90s or --ttl 5m");
}
