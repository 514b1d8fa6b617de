import { mkdir, open, readFile, truncate } from "node:fs/promises";
import { dirname, join } from "node:path";
import { HarnessError } from "../harness-error.ts";
import { identify } from "../targets/process-identity.ts";
import { type Entry, has, openIntents, parseJournal, type Record } from "./journal-record.ts";

/** The write-ahead record of a run: what is about to be done stands on disk before it is done. */
export interface Journal {
  readonly run: string;
  readonly file: string;
  /** Resolves when the record is on disk. Throws `Fenced` when another process has taken the run over. */
  append(entry: Entry): Promise<void>;
  records(): Promise<readonly Record[]>;
}

/** Another process judged this one dead and has taken its faults back: it must not inject, release or score. */
export class Fenced extends HarnessError {
  constructor(run: string) {
    super(`Run ${run} was taken over while this process did not answer`, {
      hint: "The machine slept or was overloaded; run the drill again",
      exitCode: 4,
    });
    this.name = "Fenced";
  }
}

/** `<state directory>/runs/<run>/journal.ndjson` */
export function journalFile(stateDirectory: string, run: string): string {
  return join(stateDirectory, "runs", run, "journal.ndjson");
}

/** Creates the journal of a new run, in a directory that only its owner may read. */
export async function createJournal(stateDirectory: string, run: string, target: string): Promise<Journal> {
  const file = journalFile(stateDirectory, run);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, "ax", 0o600);
  await handle.close();
  await syncDirectory(dirname(file));
  const journal = writer(file, run, true);
  await journal.append({ kind: "open", run, target, harness: await identify(process.pid, "harness") });
  return journal;
}

/** The journal of a run that somebody else drove: may write after the fence. Cuts a torn last line off. */
export async function inheritJournal(file: string): Promise<Journal> {
  const text = await readFile(file);
  const whole = text.lastIndexOf("\n") + 1;
  const [first] = parseJournal(text.toString("utf8", 0, whole), file);
  if (whole < text.length) await truncate(file, whole);
  return writer(file, first?.kind === "open" ? first.run : "unknown", false);
}

function writer(file: string, run: string, fenceable: boolean): Journal {
  let last: Promise<unknown> = Promise.resolve();
  const records = async (): Promise<Record[]> => parseJournal(await readFile(file, "utf8"), file);
  const check = async (): Promise<void> => {
    if (fenceable && has(await records(), "fenced")) throw new Fenced(run);
  };
  const write = async (entry: Entry): Promise<void> => {
    await check();
    const handle = await open(file, "a", 0o600);
    try {
      await handle.write(`${JSON.stringify({ at: Date.now(), ...entry })}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // Appends are ordered: a fence that came before this record is seen now, one that comes later counts it in.
    await check();
  };
  return {
    run,
    file,
    records,
    append(entry) {
      const next = last.then(() => write(entry));
      last = next.catch(() => undefined);
      return next;
    },
  };
}

/** Ends the record. Throws when something may still act. */
export async function closeJournal(journal: Journal): Promise<void> {
  const open = openIntents(await journal.records());
  if (open.length > 0) throw new Error(`Run ${journal.run} still has ${open.length} open intents`);
  await journal.append({ kind: "closed" });
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, "r");
  await handle.sync().finally(() => handle.close());
}
