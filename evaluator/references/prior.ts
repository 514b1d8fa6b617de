import type { FaultClass } from "../../agent/investigation.ts";
import type { Component } from "../../agent/telemetry/model.ts";
import type { Cause } from "../../scenarios/scenario.ts";
import type { CaseRecord } from "../leaderboard/case-record.ts";
import type { TrialLine } from "../leaderboard/trial-line.ts";
import { blind, type Guess } from "./blind.ts";

/** What is left out when a case is guessed from the others: itself, or all that resemble it. */
export type LeftOut = "case" | "cluster";

/** The incidents from whose truths a case may be guessed. */
export function othersOf(record: CaseRecord, all: readonly CaseRecord[], out: LeftOut): readonly CaseRecord[] {
  return all.filter(
    (one) => one.truth.incident && (out === "case" ? one.id !== record.id : one.cluster !== record.cluster),
  );
}

export const causesOf = ({ truth }: CaseRecord): readonly Cause[] => (truth.incident ? truth.causes : []);

/** Names components by how often they are the cause elsewhere: far above chance, the set is out of balance. */
export function prior(record: CaseRecord, all: readonly CaseRecord[], out: LeftOut): TrialLine {
  const causes = othersOf(record, all, out).flatMap(causesOf);
  const names = new Set([...record.run.components, ...causes.map(({ component }) => component)]);
  const guesses = [...names].sort().map((component): Guess => {
    const own = causes.filter((one) => one.component === component);
    return { component, cause: commonest(own), chance: own.length / Math.max(1, causes.length) };
  });
  return blind(`prior, other ${out}s`, record, guesses);
}

/** The first of the commonest in the order of the alphabet; the choice among equals is free. */
function commonest(causes: readonly { readonly component: Component; readonly cause: FaultClass }[]): FaultClass {
  const counts = Map.groupBy(causes, ({ cause }) => cause);
  const sorted = [...counts].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  return sorted[0]?.[0] ?? "unknown";
}
