import type { Diagnosis, Query, Stamped } from "../../agent/investigation.ts";
import type { Instant, Window } from "../../agent/telemetry/model.ts";
import type { Verdict } from "../trial-record.ts";
import { clock } from "./numbers.ts";
import { name } from "./text.ts";

/** What was really wrong, in words. */
export function causesOf({ truth }: Verdict): string {
  return truth.incident
    ? truth.causes.map(({ component, cause }) => `${name(component)} (${spoken(cause)})`).join(" and ")
    : "nothing";
}

/** `pool-exhaustion` as people say it. */
export const spoken = (word: string): string => name(word).replaceAll("-", " ");

/** The diagnosis that counts: the last in the judged window. */
export function counting(findings: readonly Stamped[], at: Instant | null): Stamped<Diagnosis> | undefined {
  return findings.findLast((one): one is Stamped<Diagnosis> => one.kind === "diagnosis" && one.at === at);
}

/** A query so that somebody can ask it again: what, of whom, where, when (minutes and seconds of the run). */
export function asked(query: Query, start: Instant): string {
  const { ask, within, ...rest } = query;
  const conditions = Object.entries(rest).flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (key === "arrived") return [`arrived ${stretch(value as Window, start)}`];
    return [`${key}=${typeof value === "object" ? JSON.stringify(value) : String(value)}`];
  });
  return [ask, ...conditions, ...(within ? [stretch(within, start)] : [])].join(" ");
}

const stretch = ({ from, to }: Window, start: Instant): string => `${clock(from, start)} to ${clock(to, start)}`;
