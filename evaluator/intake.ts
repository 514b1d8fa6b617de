import { dirname, join } from "node:path";
import { pour } from "../agent/sources/otlp-records.ts";
import type { Instant } from "../agent/telemetry/model.ts";
import { openStore, type Store } from "../agent/telemetry/store.ts";
import type { Outcome } from "../generator/traffic/outcome.ts";
import { type Manifest, SCHEMA, writeManifest } from "./archive/manifest.ts";
import { type Sealed, seal } from "./archive/sealed.ts";
import { openTables } from "./archive/tables.ts";
import { RecordingWriter } from "./archive/writer.ts";
import { blindfold } from "./blindfold.ts";
import { both } from "./both.ts";
import type { Inlet } from "./feed.ts";
import { type Leak, leaksIn } from "./leaks.ts";
import type { Secrets } from "./secrets.ts";
import { TICK } from "./ticks.ts";
import { commit, VERSION } from "./version.ts";

const LOAD_BIN = 5_000;

/** What an agent sees of a run and what is recorded of it are one stream; it enters here. */
export interface Intake extends Inlet {
  readonly store: Store;
  /** Of the recording. */
  readonly directory: string;
  redactions(): number;
  /** Ends the recording's files and leaves the same as Parquet beside them; nothing may arrive any more. */
  close(): Promise<void>;
  /** Places in the closed recording that tell what was done. */
  leaks(): Promise<readonly Leak[]>;
  /** Seals the truth and writes the manifest, last: a recording without one is unfinished. */
  finish(sealed: Sealed, clock: Clock, outcomes: readonly Outcome[]): Promise<void>;
}
/** First and last tick that the agent got. */
export interface Clock {
  readonly start: Instant;
  readonly end: Instant;
}

/** Opens `directory` (`<run>/incidents/<case>`); the truth will lie in `<run>/truth`. */
export async function openIntake(directory: string, secrets: Secrets): Promise<Intake> {
  const store = openStore();
  const writer = await RecordingWriter.open(directory);
  const tables = await openTables(directory);
  const sink = both(store, tables.sink);
  const cover = blindfold(secrets);
  let files: Promise<Manifest["files"]> | undefined;
  const end = (): Promise<Manifest["files"]> => {
    files ??= Promise.all([writer.end(), tables.end()]).then(([all]) => all);
    return files;
  };
  return {
    store,
    directory,
    accept(request, arrival) {
      const covered = cover.cover(request);
      writer.request(covered, arrival);
      pour(covered, arrival, sink);
    },
    object(object) {
      writer.object(object);
      sink.object(object);
    },
    change(change) {
      writer.change(change);
      sink.change(change);
    },
    redactions: () => cover.redactions,
    async close() {
      await end();
    },
    leaks: () => leaksIn(directory, secrets),
    async finish(sealed, clock, outcomes) {
      const truthCommitment = await seal(join(dirname(dirname(directory)), "truth"), sealed);
      const head = await told(sealed, clock, outcomes);
      await writeManifest(directory, { ...head, truthCommitment, files: await end() });
    },
  };
}

/** What a manifest says beside its files and the commitment. */
async function told(
  { run }: Sealed,
  clock: Clock,
  outcomes: readonly Outcome[],
): Promise<Omit<Manifest, "truthCommitment" | "files">> {
  return {
    schemaVersion: SCHEMA,
    id: run.case,
    system: "shop",
    recorder: { name: "firedrill", version: VERSION, commit: await commit() },
    licence: "Apache-2.0",
    createdAt: Date.now(),
    clock: { tz: "UTC", ...clock, tickMs: TICK },
    load: { everyMs: LOAD_BIN, rps: ratesOf(outcomes, clock) },
    inventory: { components: [...run.components] },
  };
}

function ratesOf(outcomes: readonly Outcome[], { start, end }: Clock): number[] {
  const counts = Array.from({ length: Math.max(0, Math.floor((end - start) / LOAD_BIN)) }, () => 0);
  for (const { due } of outcomes) {
    const bin = Math.floor((due - start) / LOAD_BIN);
    if (counts[bin] !== undefined) counts[bin] += 1;
  }
  return counts.map((count) => count / (LOAD_BIN / 1_000));
}
