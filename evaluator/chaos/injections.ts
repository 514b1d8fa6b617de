import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as z from "zod";
import { journalFile } from "../../generator/faults/journal.ts";
import { parseJournal, type Record } from "../../generator/faults/journal-record.ts";
import { type OpenRun, openJournals } from "../../generator/faults/recover.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { caseId, stampOf } from "../names.ts";

/** What was asked for, beside the journal of what was done. */
export const Note = z.object({
  kind: z.string(),
  on: z.string(),
  params: z.record(z.string(), z.unknown()),
  ttlMs: z.number(),
  /** Unix ms. */
  requestedAt: z.number(),
  /** The run of the apps that it is done to. */
  apps: z.string(),
});
export type Note = z.infer<typeof Note>;

/** One that is in force, or being taken back. */
export interface OpenInjection extends OpenRun {
  /** Undefined when it came to its end before it said what it was. */
  readonly note: Note | undefined;
  readonly records: readonly Record[];
}

/** An injection and its journal go by the same name. */
export const injectionId = (at: Date): string => `${stampOf(at)}-chaos-${caseId().slice(0, 4)}`;
const isInjection = ({ run }: OpenRun): boolean => /-chaos-\w+$/.test(run);

const noteFile = (journal: string): string => join(dirname(journal), "injection.json");

export async function writeNote(journal: { readonly file: string }, note: Note): Promise<void> {
  await writeFile(noteFile(journal.file), `${JSON.stringify(note)}\n`, { mode: 0o600 });
}

/** Injections of this machine that are not closed. */
export async function openInjections(state: string): Promise<readonly OpenInjection[]> {
  const open = (await openJournals(state)).filter(isInjection);
  return Promise.all(open.map(read));
}

async function read(run: OpenRun): Promise<OpenInjection> {
  const text = await readFile(noteFile(run.file), "utf8").catch(() => "null");
  const note = Note.safeParse(JSON.parse(text));
  return { ...run, note: note.success ? note.data : undefined, records: await recordsOf(run.file) };
}

export async function recordsOf(file: string): Promise<readonly Record[]> {
  return parseJournal(await readFile(file, "utf8"), file);
}

/** What the journal of an injection says, open or closed; undefined when there never was one of that name. */
export async function recordsOfId(state: string, id: string): Promise<readonly Record[] | undefined> {
  return isInjection({ run: id, file: "", harness: undefined }) && !id.includes("/")
    ? recordsOf(journalFile(state, id)).catch(() => undefined)
    : undefined;
}

/** Throws (exit 3), naming it, while another injection is open: two at once could not be told apart by what they do. */
export async function refuseSecond(state: string, mine?: string): Promise<void> {
  const [other] = (await openInjections(state)).filter(({ run }) => run !== mine);
  if (other === undefined) return;
  const { run, note, harness } = other;
  const what = note === undefined ? "" : `: ${note.kind} on ${note.on}`;
  throw new HarnessError(`injection ${run} is ${harness ? "open" : "not taken back yet"}${what}`, {
    hint: `one at a time; take it back first: npm run chaos -- revert ${run}`,
    exitCode: 3,
  });
}
