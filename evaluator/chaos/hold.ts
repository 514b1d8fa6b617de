import { once } from "node:events";
import type { Meters } from "../../generator/faults/adapters/adapter.ts";
import type { Bracket, Fault, Injection, Scene } from "../../generator/faults/fault.ts";
import { closeJournal, createJournal, type Journal } from "../../generator/faults/journal.ts";
import { has, openIntents, type Record } from "../../generator/faults/journal-record.ts";
import { startReaper } from "../../generator/faults/reaper.ts";
import type { Users } from "../../generator/traffic/users.ts";
import { attach } from "./attach.ts";
import { type Ending, ender } from "./ending.ts";
import { injectionId, refuseSecond, writeNote } from "./injections.ts";
import { metersOf } from "./meters.ts";
import type { RunFile } from "./run-file.ts";

export interface HoldOptions {
  readonly state: string;
  readonly apps: RunFile;
  readonly fault: Fault;
  readonly users: Users;
  /** Aborts when somebody else wants it to end. */
  readonly asked: AbortSignal;
  /** Told of everything that stands in the journal, as soon as it stands there. */
  wrote(entry: Parameters<Journal["append"]>[0]): void;
  /** Told when it is in force; null when its mechanism was not seen to act in time. */
  inForce(id: string, since: Bracket | null, meters: Meters): void;
}
/** What came of it. */
export interface Held {
  readonly id: string;
  /** Null when its mechanism was never seen to act. */
  readonly effective: Bracket | null;
  readonly ended: Ending;
  readonly records: readonly Record[];
}

/**
 * Injects a fault into apps that another process runs, and holds it until its time is over, or it is told to end; its
 * end is the way back. A journal and a reaper of its own take it back when this process dies; the apps run on. Throws
 * (exit 3) while another one is open, and (exit 1) when something could not be put back.
 */
export async function hold(options: HoldOptions, signal: AbortSignal): Promise<Held> {
  const { state, apps } = options;
  await refuseSecond(state);
  const id = injectionId(new Date());
  const journal = await createJournal(state, id, apps.target);
  const held = await withReaper(journal, () => act(options, journal, signal));
  return { id, ...held, records: await journal.records() };
}

type Acted = Pick<Held, "effective" | "ended">;

async function withReaper<T>(journal: Journal, deed: () => Promise<T>): Promise<T> {
  await using stack = new AsyncDisposableStack();
  stack.use(await startReaper(journal));
  stack.defer(() => close(journal));
  return await deed();
}

/** While something may still act the journal stays open, for the reaper; so it does once somebody else took it over. */
async function close(journal: Journal): Promise<void> {
  const records = await journal.records();
  if (openIntents(records).length === 0 && !has(records, "fenced")) await closeJournal(journal);
}

async function act(options: HoldOptions, journal: Journal, outer: AbortSignal): Promise<Acted> {
  const { state, apps, fault, asked } = options;
  // Of two that begin in the same instant each sees the other now.
  await refuseSecond(state, journal.run);
  const { kind, on, ttlMs } = fault;
  const note = { kind, on, params: { ...fault.params }, ttlMs, requestedAt: Date.now(), apps: apps.run };
  await writeNote(journal, note);
  using end = ender({ ttlMs, asked, apps: apps.harness }, outer);
  const ended = (): Ending => end.signal.reason as Ending;
  await using injection = await inject(options, journal, end.signal);
  if (injection === undefined) return { effective: null, ended: ended() };
  const effective = acted(injection) ? injection.effective : null;
  options.inForce(journal.run, effective, await metersOf(attach(state, apps), on, await journal.records()));
  if (!end.signal.aborted) await once(end.signal, "abort");
  return { effective, ended: ended() };
}

/** Undefined when it came to its end before its mechanism acted: then everything is taken back. */
async function inject(options: HoldOptions, journal: Journal, signal: AbortSignal): Promise<Injection | undefined> {
  const { state, apps, fault, users, wrote } = options;
  const telling: Journal = {
    ...journal,
    async append(entry) {
      await journal.append(entry);
      wrote(entry);
    },
  };
  const scene: Scene = { target: attach(state, apps), journal: telling, users, random: Math.random };
  try {
    return await fault.inject(scene, signal);
  } catch (error) {
    if (signal.aborted && openIntents(await journal.records()).length === 0) return undefined;
    throw error;
  }
}

/** Without a sample that said yes both ends of the bracket are the instant of the first write. */
function acted({ effective: { notBefore, notAfter } }: Injection): boolean {
  return notAfter > notBefore;
}
