import * as z from "zod";
import type { Fault } from "../../generator/faults/fault.ts";
import type { Millis, PlaceId, ServiceId } from "../../generator/targets/target.ts";

/** Where a kind of fault may be: on any network path, on any process that is started again, or on these. */
export type Where = "a path" | "a process" | readonly [ServiceId, ...ServiceId[]];

/** A kind of fault as a person may ask for it. */
export interface Offer<S extends z.ZodObject = z.ZodObject> {
  /** What it does, in one line. */
  readonly summary: string;
  readonly where: Where;
  /** Its parameters as texts of a command line; each has a default or may be left out. */
  readonly params: S;
  /** Its dose follows from what users send. */
  readonly byLoad: boolean;
  fault(on: PlaceId, params: z.output<S>, ttlMs: Millis): Fault;
}

export function offer<S extends z.ZodObject>(one: Omit<Offer<S>, "byLoad"> & { readonly byLoad?: boolean }): Offer<S> {
  return { byLoad: false, ...one };
}

/** A parameter for people. */
export interface Parameter {
  readonly name: string;
  readonly about: string;
  /** As it would be typed; undefined when it may be left out. */
  readonly usual: string | undefined;
}

const Described = z.object({
  properties: z.record(z.string(), z.object({ description: z.string(), default: z.unknown().optional() })).optional(),
});

export function parametersOf({ params }: Pick<Offer, "params">): readonly Parameter[] {
  const { properties = {} } = Described.parse(z.toJSONSchema(params, { io: "output" }));
  return Object.entries(properties).map(([name, { description, default: usual }]) => {
    return { name, about: description, usual: usual === undefined ? undefined : String(usual) };
  });
}

/** The places of a target where it may be, the usual one first. */
export function placesFor(
  where: Where,
  target: { readonly edges: readonly string[]; readonly processes: readonly string[] },
): readonly string[] {
  const { edges, processes } = target;
  const supervised = processes.filter((what) => !["edges", "store", "rates-provider"].includes(what));
  if (where === "a path") return edges;
  if (where === "a process") return [...new Set(supervised)];
  return where.filter((one) => processes.includes(one));
}

/** The same in words, where no target runs. */
export function inWords(where: Where): string {
  return where === "a path" ? "any network path" : where === "a process" ? "any app" : where.join(", ");
}
