import type { Intent } from "../../generator/faults/intent.ts";
import type { Entry, Record } from "../../generator/faults/journal-record.ts";

/** A write as a person sees it: where, what, and how it is undone. */
export interface Write {
  readonly subject: string;
  readonly does: object;
  readonly undone: object;
  readonly ttlMs: number;
}

/** Without what nobody needs to see on a screen: places of sockets, marks of processes, and the data's password. */
export function writeOf({ subject, forward, inverse, ttlMs }: Intent): Write {
  return { subject, does: shown(forward), undone: shown(inverse), ttlMs };
}

export function writesIn(records: readonly Record[]): readonly Write[] {
  return records.flatMap((one) => (one.kind === "intent" ? [writeOf(one.intent)] : []));
}

const HIDDEN = ["socket", "operations", "record", "startTime", "bootId", "ttlMs"];

function shown(value: object): object {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]: [string, unknown]) => {
      if (HIDDEN.includes(name)) return [];
      if (name === "password") return [[name, "***"]];
      const nested = typeof one === "object" && one !== null && !Array.isArray(one);
      return [[name, nested ? shown(one) : one]];
    }),
  );
}

/** What became of each write: its last word, if it was taken back at all. */
export interface Outcome {
  readonly subject: string;
  readonly outcome: string;
  /** Unix ms. */
  readonly at: number;
}

export function outcomesIn(records: readonly Record[]): readonly Outcome[] {
  const subjects = new Map(
    records.flatMap((one) => (one.kind === "intent" ? [[one.intent.id, one.intent.subject]] : [])),
  );
  const last = new Map(records.flatMap((one) => (one.kind === "reverted" ? [[one.intent, one]] : [])));
  return [...last].map(([id, { outcome, at }]) => ({ subject: subjects.get(id) ?? id, outcome, at }));
}

const WORDS: Readonly<{ [outcome: string]: string }> = {
  restored: "put back",
  already: "nothing was left to put back",
  superseded: "left alone: somebody else has changed it since",
  "fell-back": "ended with the process that held it",
  failed: "could NOT be put back",
};

export const inWords = (outcome: string): string => WORDS[outcome] ?? outcome;

/** An entry of the journal in one line, as it is written; undefined for those that a person need not see. */
export function entryTold(entry: Entry): string | undefined {
  switch (entry.kind) {
    case "intent": {
      const { subject, does } = writeOf(entry.intent);
      return `writing: ${subject}: ${JSON.stringify(does)}`;
    }
    case "applied":
      return `written at ${clock(entry.acknowledgedAt)}`;
    case "reverting":
      return "taking back";
    case "reverted":
      return inWords(entry.outcome);
    default:
      return undefined;
  }
}

/** Time of day, UTC, to the millisecond. */
export const clock = (at: number): string => new Date(at).toISOString().slice(11, 23);
