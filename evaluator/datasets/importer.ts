import type { Component, Instant, Millis } from "../../agent/telemetry/model.ts";
import type { Truth } from "../../scenarios/scenario.ts";
import type { Edge } from "../archive/writer.ts";
import type { Arriving } from "./requests.ts";

/** One incident of a public data set, in our words. */
export interface ForeignCase {
  /** What the data set calls it. It may be the label itself, so it lies with the truth. */
  readonly name: string;
  /** The application that was watched. */
  readonly system: string;
  readonly licence: string;
  readonly clock: { readonly start: Instant; readonly end: Instant; readonly tickMs: Millis };
  readonly components: readonly Component[];
  /** Who calls whom, where spans do not tell it. */
  readonly edges?: readonly Edge[];
  /** In any order. */
  readonly requests: Iterable<Arriving>;
  readonly fault: {
    readonly kind: string;
    readonly on: Component;
    readonly params: Readonly<Record<string, unknown>>;
    readonly from: Instant;
    /** When it was taken back; null: it lasts to the end of what was published. */
    readonly until: Instant | null;
  };
  readonly truth: Truth;
  /** What was done to the telemetry, and what of it is missing; an agent may read it. */
  readonly notes: readonly string[];
}

/** Reads one public format. It never fetches: the data lies in a folder. */
export interface Importer {
  readonly name: string;
  /** @throws HarnessError (exit 2) when the folder is not of this format. */
  read(directory: string, signal: AbortSignal): AsyncIterable<ForeignCase>;
}
