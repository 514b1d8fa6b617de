import * as z from "zod";
import { HarnessError } from "../harness-error.ts";
import { Forward, Intent } from "./intent.ts";

export const Owned = z.object({ pid: z.int(), startTime: z.string(), bootId: z.string(), what: z.string() });
const Outcome = z.enum(["restored", "already", "superseded", "fell-back", "failed"]);

/** What a journal may say; every record carries when it was written, in Unix milliseconds. */
export const Entry = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("open"), run: z.string(), target: z.string(), harness: Owned }),
  /** What the run has started so far: apps first, edges and store last. */
  z.object({ kind: z.literal("owns"), processes: z.array(Owned), runDirectory: z.string() }),
  z.object({ kind: z.literal("intent"), intent: Intent }),
  z.object({ kind: z.literal("applied"), intent: z.string(), acknowledgedAt: z.number() }),
  z.object({ kind: z.literal("verified"), intents: z.array(z.string()), mechanism: z.boolean(), users: z.boolean() }),
  z.object({ kind: z.literal("dose"), intent: z.string(), forward: Forward }),
  z.object({ kind: z.literal("reverting"), intent: z.string(), why: z.string() }),
  z.object({ kind: z.literal("reverted"), intent: z.string(), outcome: Outcome }),
  /** Whoever drove the run until here must not write to the target any more. */
  z.object({ kind: z.literal("fenced"), why: z.string() }),
  z.object({ kind: z.literal("closed") }),
]);
export type Entry = z.infer<typeof Entry>;
const Record = z.intersection(z.object({ at: z.number() }), Entry);
export type Record = z.infer<typeof Record>;

/** Reads a journal's text. A torn last line is ignored: what it announced was never done. Any other bad line throws. */
export function parseJournal(text: string, file: string): Record[] {
  return text
    .split("\n")
    .slice(0, -1)
    .map((line, i) => {
      const read = Record.safeParse(json(line));
      if (read.success) return read.data;
      throw new HarnessError(`Line ${i + 1} of the journal ${file} cannot be read`, {
        hint: "End the processes of that run by hand, then remove the journal's directory",
        exitCode: 3,
      });
    });
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Intents that may still act, newest first. */
export function openIntents(records: readonly Record[]): Intent[] {
  const done = new Set<string>();
  for (const one of records) if (one.kind === "reverted" && one.outcome !== "failed") done.add(one.intent);
  const intents = records.flatMap((one) => (one.kind === "intent" ? [one.intent] : []));
  return intents.filter(({ id }) => !done.has(id)).reverse();
}

export function has(records: readonly Record[], kind: Entry["kind"]): boolean {
  return records.some((one) => one.kind === kind);
}
