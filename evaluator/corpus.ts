import { rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { splitOf } from "../scenarios/split.ts";
import { readManifest } from "./archive/manifest.ts";
import { pack } from "./archive/pack.ts";
import { readTruth, type Sealed } from "./archive/sealed.ts";
import { casesOf, truthOf } from "./case.ts";
import { validity } from "./validity.ts";

/** What a corpus may weigh: it lies in the repository. */
export const MOST_BYTES = 30e6;

/** A recording in a corpus, as its keeper sees it. */
export interface Entry {
  readonly id: string;
  readonly directory: string;
  readonly scenario: string;
  readonly seed: number;
  readonly incident: boolean;
  readonly lastsMs: number;
  readonly bytes: number;
  /** From the start of the recording to the first harm that users felt; null on a control. */
  readonly onsetMs: number | null;
}

/** All recordings of a corpus, by scenario, then seed; none when there is no corpus yet. */
export async function entriesOf(corpus: string): Promise<readonly Entry[]> {
  const entries = await Promise.all((await directoriesOf(corpus)).map(entryOf));
  return entries.sort(byScenario);
}

/** By scenario, then seed. */
export const byScenario = (a: Entry, b: Entry): number =>
  a.scenario === b.scenario ? a.seed - b.seed : a.scenario < b.scenario ? -1 : 1;

/** What should be its recordings; none when there is no corpus yet. */
export async function directoriesOf(corpus: string): Promise<readonly string[]> {
  const there = await stat(join(corpus, "incidents")).catch(() => undefined);
  return there ? casesOf(corpus).catch(() => []) : [];
}

/** @throws HarnessError (exit 2) when its manifest or its truth is refused */
export async function entryOf(directory: string): Promise<Entry> {
  const manifest = await readManifest(directory);
  const { run, truth } = await sealedOf(directory);
  const { id, clock, files } = manifest;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const { scenario, seed } = run;
  const onsetMs = truth.incident && run.harmAt !== null ? run.harmAt - clock.start : null;
  return { id, directory, scenario, seed, incident: truth.incident, lastsMs: clock.end - clock.start, bytes, onsetMs };
}

async function sealedOf(directory: string): Promise<Sealed> {
  return readTruth(truthOf(directory), await readManifest(directory));
}

/** What became of one recording that was offered to a corpus. */
export interface Offered {
  readonly scenario: string;
  readonly seed: number;
  readonly taken: boolean;
  /** Why it was not taken. */
  readonly why: string;
}

/**
 * Packs the recordings of a suite, or of another corpus, into this one: drills of development scenarios that count, each
 * scenario and seed once. What is held out never enters: nobody is to develop on it.
 */
export async function* add(
  from: string,
  corpus: string,
  { again }: { readonly again: boolean },
): AsyncGenerator<Offered> {
  const entries = await entriesOf(corpus);
  const has = new Map(entries.map((entry) => [`${entry.scenario} ${entry.seed}`, entry]));
  for (const directory of await casesOf(from)) {
    const { run, truth } = await sealedOf(directory);
    const { scenario, seed } = run;
    const key = `${scenario} ${seed}`;
    const before = has.get(key);
    const why = refusal({ run, truth }, before !== undefined && !again);
    if (why === "" && before?.id !== basename(directory)) {
      const packed = await pack(directory, corpus);
      if (before) await remove(corpus, before.id);
      has.set(key, await entryOf(packed));
    }
    yield { scenario, seed, taken: why === "", why };
  }
}

function refusal({ run, truth }: Sealed, known: boolean): string {
  if (splitOf(run.scenario) !== "development") return "held out";
  const counts = validity(run, truth);
  if (!counts.ok) return `does not count: ${counts.broken.map(({ rule, saw }) => `${rule}: ${saw}`).join("; ")}`;
  return known ? "there already (--again takes the new one)" : "";
}

async function remove(corpus: string, id: string): Promise<void> {
  await rm(join(corpus, "incidents", id), { recursive: true, force: true });
  await rm(join(corpus, "truth", `${id}.json`), { force: true });
}
