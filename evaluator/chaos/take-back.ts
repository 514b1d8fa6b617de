import { setTimeout as sleep } from "node:timers/promises";
import { clearUp } from "../../generator/faults/aftermath.ts";
import { inheritJournal } from "../../generator/faults/journal.ts";
import { has, type Record } from "../../generator/faults/journal-record.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { alive, signalProcess } from "../../generator/targets/process-identity.ts";
import type { Millis } from "../../generator/targets/target.ts";
import { type OpenInjection, openInjections, recordsOf, recordsOfId } from "./injections.ts";
import { requireOneOf } from "./nearest.ts";

/** By which the process that holds an injection is asked to end it. */
export const ASKED: NodeJS.Signals = "SIGUSR2";

/** A rollback starts a Java app anew, and waits for the way there to be over. */
const ENDS_WITHIN: Millis = 180_000;
/** How long an injection whose process has died may take to be taken back by its own reaper. */
const REAPED_WITHIN: Millis = 15_000;
const LOOK: Millis = 200;

/** An injection that has been taken back, by its journal; undefined when none was open. */
export interface TakenBack {
  readonly id: string;
  readonly records: readonly Record[];
}

/**
 * Has the open injection taken back (of that id, if one is given) and waits for it: by its process, if that has died by
 * its reaper, or here. Throws (exit 2) for an id that there is not, (exit 1) when it is still open in the end.
 */
export async function takeBack(
  state: string,
  id: string | undefined,
  signal: AbortSignal,
): Promise<TakenBack | undefined> {
  const open = await openInjections(state);
  if (id === undefined && open.length === 0) return undefined;
  const wanted = open.find(({ run }) => id === undefined || run === id);
  if (wanted === undefined) return closedBefore(state, id ?? "", open);
  if (wanted.harness !== undefined) await signalProcess(wanted.harness, ASKED);
  const records = await untilClosed(wanted, signal);
  if (has(records, "closed")) return { id: wanted.run, records };
  throw new HarnessError(`${wanted.run} could not be taken back`, { hint: "npm run recover", exitCode: 1 });
}

async function closedBefore(state: string, id: string, open: readonly OpenInjection[]): Promise<TakenBack> {
  const records = await recordsOfId(state, id);
  if (records !== undefined) return { id, records };
  const ids = open.map(({ run }) => run);
  requireOneOf(id, ids, "open injection");
  throw new Error(`${id} is open and closed at once`);
}

async function untilClosed({ file, harness }: OpenInjection, signal: AbortSignal): Promise<readonly Record[]> {
  const until = performance.now() + ENDS_WITHIN;
  let orphanedAt = harness === undefined ? performance.now() : undefined;
  for (;;) {
    const records = await recordsOf(file);
    if (has(records, "closed") || performance.now() > until) return records;
    if (orphanedAt === undefined && harness !== undefined && !(await alive(harness))) orphanedAt = performance.now();
    if (orphanedAt !== undefined && performance.now() - orphanedAt > REAPED_WITHIN) {
      await clearUp(await inheritJournal(file), "asked");
      return recordsOf(file);
    }
    await sleep(LOOK, undefined, { signal });
  }
}
