import type { Component, Instant, Telemetry, Window } from "../telemetry/model.ts";
import { BIN, type Bin, type Rollup } from "./bins.ts";
import { type Digest, digest, digests, merged } from "./digest.ts";
import type { LogBook } from "./logs.ts";
import type { Readings } from "./readings.ts";
import type { Quiet } from "./samples.ts";
import { type Surge, surge } from "./surge.ts";
import { type AddressBook, forest, forestOfItself, type Node } from "./traces.ts";

/** What quiet time looked like, worked out once when the alarm is raised. */
export interface Past {
  readonly window: Window;
  /** Quiet time cut into windows of equal length, and all of it at once. */
  readonly parts: readonly Digest[];
  readonly whole: Digest;
  readonly addresses: AddressBook;
  readonly nodes: readonly Node[];
}
/** All that an investigation looks at. */
export interface Scene {
  readonly telemetry: Telemetry;
  readonly now: Instant;
  readonly onset: Instant;
  /** The incident so far, as far as its traces are complete. */
  readonly window: Window;
  readonly nodes: readonly Node[];
  readonly digest: Digest;
  readonly past: Past;
  readonly rollup: Rollup;
  readonly quiet: Quiet;
  readonly book: LogBook;
  readonly readings: Readings;
  readonly entries: ReadonlySet<Component>;
  readonly surge: Surge | undefined;
}

/** Windows of quiet time to compare with, in ms. */
const PART = 15_000;
/** Traces older than this are not read again at an alarm. */
const LONGEST = 300_000;
/** The newest spans wait for their parents. */
export const INCOMPLETE = 2_000;
/** A trace may have begun so long before its span ended in the window. */
const LEAD = 6_000;

export function lookBack(telemetry: Telemetry, history: readonly Bin[], until: Instant): Past {
  const to = Math.min(((history.at(-1) ?? 0) + 1) * BIN, until);
  const from = Math.max((history[0] ?? 0) * BIN, to - LONGEST);
  const spans = telemetry.spans({ within: { from, to } });
  const { nodes, addresses } = forestOfItself(spans);
  // The last spans of the stretch have parents behind its end.
  const parts = digests(nodes, from, to - INCOMPLETE, PART);
  const window = { from, to: to - INCOMPLETE };
  return { window, parts, whole: merged(parts, window), addresses, nodes };
}

export type Folded = Pick<Scene, "rollup" | "quiet" | "book" | "readings" | "entries" | "past">;

export function sceneOf(telemetry: Telemetry, now: Instant, onset: Instant, folded: Folded): Scene {
  const window = { from: onset, to: Math.max(onset + BIN, now - INCOMPLETE) };
  const nodes = forest(telemetry.spans({ within: { from: onset - LEAD, to: now } }), folded.past.addresses);
  return {
    ...folded,
    telemetry,
    now,
    onset,
    window,
    nodes,
    digest: digest(nodes, window),
    surge: surgeIn(folded, onset),
  };
}

/** The largest surge in any closed bin since `onset`. */
export function surgeIn({ rollup, quiet }: Pick<Folded, "rollup" | "quiet">, onset: Instant): Surge | undefined {
  let found: Surge | undefined;
  for (let bin = Math.floor(onset / BIN); bin < rollup.closed; bin++) {
    const one = surge(rollup.users.get(bin) ?? new Map(), rollup.all.get(bin) ?? new Map(), quiet.users, quiet.all);
    if (one && (!found || one.ratio > found.ratio)) found = one;
  }
  return found;
}
