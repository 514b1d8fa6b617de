import { createReadStream, createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { SIGNALS } from "../../agent/sources/otlp-codec.ts";
import { readRecording } from "../archive/reader.ts";
import { pathOf } from "../archive/writer.ts";

/**
 * Writes the telemetry of recordings as plain OTLP/JSON, `<out>/<id>/<signal>.otlp.jsonl`, one Export*ServiceRequest a
 * line, as a collector's file receiver reads it. Neither arrivals nor truth go along.
 */
export async function* exportOtlp(
  cases: readonly string[],
  out: string,
): AsyncGenerator<{ id: string; folder: string }> {
  for (const directory of cases) {
    const { manifest } = await readRecording(directory);
    const folder = join(out, manifest.id);
    await mkdir(folder, { recursive: true });
    for (const signal of SIGNALS)
      await pipeline(
        createReadStream(join(directory, pathOf(signal))),
        createGunzip(),
        createWriteStream(join(folder, `${signal}.otlp.jsonl`)),
      );
    yield { id: manifest.id, folder };
  }
}
