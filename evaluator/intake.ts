import { dirname, join } from "node:path";
import type { Accept } from "../agent/sources/otlp.ts";
import { pour } from "../agent/sources/otlp-records.ts";
import type { ClusterObject, Instant } from "../agent/telemetry/model.ts";
import { openStore, type Store } from "../agent/telemetry/store.ts";
import type { PlatformEvent } from "../generator/targets/target.ts";
import type { Outcome } from "../generator/traffic/outcome.ts";
import { type Sealed, seal } from "./archive/sealed.ts";
import { RecordingWriter, writeWhole } from "./archive/writer.ts";
import { blindfold } from "./blindfold.ts";
import { type Leak, leaksIn } from "./leaks.ts";
import type { Secrets } from "./secrets.ts";
import { TICK } from "./ticks.ts";
import { commit, VERSION } from "./version.ts";

const LOAD_BIN = 5_000;

/** What an agent sees of a run and what is recorded of it are one stream; it enters here. */
export interface Intake {
  readonly store: Store;
  /** Of the recording. */
  readonly directory: string;
  readonly accept: Accept;
  platform(event: PlatformEvent): void;
  redactions(): number;
  /** Ends the recording's files; nothing may arrive any more. */
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
  const cover = blindfold(secrets);
  let files: Awaited<ReturnType<RecordingWriter["end"]>> | undefined;
  return {
    store,
    directory,
    accept(request, arrival) {
      cover.cover(request);
      writer.request(request, arrival);
      pour(request, arrival, store);
    },
    platform(event) {
      const object = objectOf(event);
      writer.object(object);
      store.object(object);
    },
    redactions: () => cover.redactions,
    async close() {
      files ??= await writer.end();
    },
    leaks: () => leaksIn(directory, secrets),
    async finish(sealed, clock, outcomes) {
      files ??= await writer.end();
      const truthCommitment = await seal(join(dirname(dirname(directory)), "truth"), sealed);
      const manifest = {
        schemaVersion: 1,
        id: sealed.run.case,
        system: "shop",
        recorder: { name: "firedrill", version: VERSION, commit: await commit() },
        licence: "Apache-2.0",
        createdAt: Date.now(),
        clock: { tz: "UTC", ...clock, tickMs: TICK },
        load: { everyMs: LOAD_BIN, rps: ratesOf(outcomes, clock) },
        inventory: { components: sealed.run.components },
        truthCommitment,
        files,
      };
      await writeWhole(join(directory, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
    },
  };
}

function objectOf({ at, service, instance, reason, code, signal }: PlatformEvent): ClusterObject {
  return {
    at,
    component: service,
    instance,
    kind: "process",
    reason,
    attributes: {
      ...(code === undefined ? {} : { "exit.code": code }),
      ...(signal === undefined ? {} : { "exit.signal": signal }),
    },
    arrival: Date.now(),
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
