import { createHash } from "node:crypto";
import { chmod, copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Instant, Millis } from "../../agent/telemetry/model.ts";
import type { Rows } from "../../agent/telemetry/warehouse.ts";
import { type Manifest, writeManifest } from "./manifest.ts";
import { readRecording } from "./reader.ts";
import { PARQUET } from "./tables.ts";

/**
 * Copies `<run>/incidents/<id>` and its truth into a corpus, as Parquet alone: an eighth of the size, and opened ten times
 * as fast. Ids of spans and traces get short names in the same order; all else is as it was received.
 * The clock begins earlier, see `earlier`.
 * @returns the folder of the copy
 * @throws HarnessError (exit 2) when the recording is not whole
 */
export async function pack(recording: string, corpus: string): Promise<string> {
  const { manifest, pour } = await readRecording(recording);
  const to = join(corpus, "incidents", manifest.id);
  try {
    await mkdir(join(to, PARQUET), { recursive: true });
    const { openWarehouse } = await import("../../agent/telemetry/warehouse.ts");
    await using warehouse = await openWarehouse();
    await pour(warehouse);
    const rows = await warehouse.exportParquet(join(to, PARQUET), { small: true });
    await copyTruth(join(dirname(dirname(recording)), "truth"), join(corpus, "truth"), manifest.id);
    // Last: without it, a recording is not finished.
    const heard = await warehouse.query("select min(arrival_ms) from spans");
    const clock = { ...manifest.clock, start: earlier(manifest, Number(heard.rows[0]?.[0])) };
    await writeManifest(to, { ...manifest, clock, files: await listed(to, rows) });
    return to;
  } catch (error) {
    await rm(to, { recursive: true, force: true });
    throw error;
  }
}

/** At most so much of the quiet time before a drill is given to an agent tick by tick. */
const BEFORE: Millis = 60_000;

/**
 * Drills of a suite begin a little more than a minute before something happens: a clock alone would tell when. So the
 * clock of a packed one begins earlier, by a length that its id draws, in whole ticks, as far as there is quiet time.
 */
function earlier({ id, clock }: Manifest, heard: Instant): Instant {
  const draw = createHash("sha256").update(id).digest().readUInt32BE() / 2 ** 32;
  const quiet = Number.isFinite(heard) ? Math.max(0, clock.start - heard) : 0;
  return clock.start - Math.floor((draw * Math.min(quiet, BEFORE)) / clock.tickMs) * clock.tickMs;
}

async function copyTruth(from: string, to: string, id: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  const file = join(to, `${id}.json`);
  await copyFile(join(from, `${id}.json`), file);
  await chmod(file, 0o600);
}

async function listed(directory: string, rows: Rows): Promise<Manifest["files"]> {
  return Promise.all(
    [...rows].map(async ([table, records]) => {
      const path = `${PARQUET}/${table}.parquet`;
      const bytes = await readFile(join(directory, path));
      return { path, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex"), records };
    }),
  );
}
