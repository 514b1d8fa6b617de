import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { SIGNALS } from "../../agent/sources/otlp-codec.ts";
import type { Instant, TelemetrySink } from "../../agent/telemetry/model.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { TICK } from "../ticks.ts";
import { linesOf } from "./lines.ts";
import type { Manifest } from "./manifest.ts";
import { pourAll, readRecording } from "./reader.ts";
import { arrivalsOf } from "./writer.ts";

/** Recorded telemetry, whoever recorded it and whether or not it was sealed; nothing in it tells the truth. */
export interface Material {
  /** Of the sealed recording; else the name of its folder. */
  readonly id: string;
  /** Whether a manifest vouches for its files. */
  readonly sealed: boolean;
  readonly clock: Pick<Manifest["clock"], "start" | "end" | "tickMs">;
  pour(sink: TelemetrySink): Promise<void>;
}

/** A run's folder with one recording, a recording itself, sealed or not. Throws (exit 2) for anything else. */
export async function readMaterial(path: string): Promise<Material> {
  const directory = await recordingIn(path);
  if (!(await isThere(join(directory, "manifest.json")))) return unsealed(directory);
  const { manifest, pour } = await readRecording(directory);
  return { id: manifest.id, sealed: true, clock: manifest.clock, pour };
}

async function recordingIn(path: string): Promise<string> {
  if (await isOne(path)) return path;
  const incidents = join(path, "incidents");
  const [only, ...more] = await readdir(incidents).catch((): string[] => []);
  if (more.length > 0)
    throw new HarnessError(`${path} holds ${more.length + 1} recordings`, {
      hint: `name one, for example ${join(incidents, only ?? "")}`,
      exitCode: 2,
    });
  if (only !== undefined && (await isOne(join(incidents, only)))) return join(incidents, only);
  throw new HarnessError(`${path} is not a recording`, {
    hint: "give the folder of a run, for example reports/example, or live sources: --source otlp",
    exitCode: 2,
  });
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
const isOne = async (directory: string): Promise<boolean> =>
  (await isThere(join(directory, "manifest.json"))) || (await isThere(join(directory, "telemetry")));

/** What a live investigation received, or a drill that was never finished: from its first arrival to its last. */
async function unsealed(directory: string): Promise<Material> {
  let first: Instant = Number.POSITIVE_INFINITY;
  let last: Instant = Number.NEGATIVE_INFINITY;
  for (const signal of SIGNALS) {
    const file = join(directory, arrivalsOf(signal));
    if (!(await isThere(file))) throw broken(`${file} is missing`);
    for await (const line of linesOf(file)) {
      const at = Number(line) / 1e6;
      if (!Number.isFinite(at) || at <= 0) throw broken(`${file} is not what a recording holds`);
      first = Math.min(first, at);
      last = Math.max(last, at);
    }
  }
  if (first > last) throw broken(`${directory} holds no telemetry`);
  return {
    id: basename(directory),
    sealed: false,
    clock: { start: Math.floor(first / TICK) * TICK, end: Math.ceil(last / TICK) * TICK, tickMs: TICK },
    pour: (sink) =>
      pourAll(directory, sink).catch((error: unknown) => {
        throw broken(
          `${directory} was cut off while it was written: ${error instanceof Error ? error.message : error}`,
        );
      }),
  };
}

const broken = (message: string): HarnessError =>
  new HarnessError(message, { hint: "record it again; a recording ends well at Ctrl-C, not at kill -9", exitCode: 2 });
