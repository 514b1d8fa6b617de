import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fromOtlpJson, type OtlpRequest, SIGNALS, type SignalName } from "../../agent/sources/otlp-codec.ts";
import { pour } from "../../agent/sources/otlp-records.ts";
import type { Change, ClusterObject, Instant, TelemetrySink } from "../../agent/telemetry/model.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { linesOf } from "./lines.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { PARQUET } from "./tables.ts";
import { arrivalsOf, CONTEXT, pathOf } from "./writer.ts";

/** A finished recording, ready to be poured into a store in order of arrival. */
export interface Recording {
  readonly manifest: Manifest;
  pour(sink: TelemetrySink): Promise<void>;
}

/** @throws HarnessError (exit 2) when a file is missing or is not what the manifest says. */
export async function readRecording(directory: string): Promise<Recording> {
  const manifest = await readManifest(directory);
  await Promise.all(manifest.files.map((file) => check(directory, file)));
  const packed = manifest.files.some(({ path }) => path.startsWith(`${PARQUET}/`));
  return { manifest, pour: (sink) => (packed ? pourTables(directory, sink) : pourAll(directory, sink)) };
}

/** A corpus keeps recordings as Parquet alone. */
async function pourTables(directory: string, sink: TelemetrySink): Promise<void> {
  // Native code that only packed recordings need.
  const { pourParquet } = await import("../../agent/telemetry/warehouse-reader.ts");
  await pourParquet(join(directory, PARQUET), sink);
}

async function check(directory: string, { path, sha256 }: Manifest["files"][number]): Promise<void> {
  const bytes = await readFile(join(directory, path)).catch(() => undefined);
  if (bytes && createHash("sha256").update(bytes).digest("hex") === sha256) return;
  throw new HarnessError(`${join(directory, path)} ${bytes ? "has been changed" : "is missing"}`, {
    hint: "a recording is kept as it was made; get it again",
    exitCode: 2,
  });
}

type Arriving = { readonly arrival: Instant; enter(sink: TelemetrySink): void };

/** Merges all files of a recording by arrival; on equal arrival in a fixed order of files. */
export async function pourAll(directory: string, sink: TelemetrySink): Promise<void> {
  const sources = [
    ...SIGNALS.map((signal) => requests(directory, signal)),
    context<Change>(join(directory, CONTEXT.changes), (change, into) => into.change(change)),
    context<ClusterObject>(join(directory, CONTEXT.objects), (object, into) => into.object(object)),
  ];
  const heads = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    let first: number | undefined;
    for (const [i, head] of heads.entries())
      if (!head.done && (first === undefined || head.value.arrival < arrivalAt(heads, first))) first = i;
    const source = first === undefined ? undefined : sources[first];
    const head = first === undefined ? undefined : heads[first];
    if (first === undefined || source === undefined || head === undefined || head.done) return;
    head.value.enter(sink);
    heads[first] = await source.next();
  }
}

function arrivalAt(heads: readonly IteratorResult<Arriving, void>[], index: number): Instant {
  const head = heads[index];
  return head && !head.done ? head.value.arrival : Number.POSITIVE_INFINITY;
}

async function* requests(directory: string, signal: SignalName): AsyncGenerator<Arriving, void> {
  const arrivals = linesOf(join(directory, arrivalsOf(signal)));
  for await (const line of linesOf(join(directory, pathOf(signal)))) {
    const next = await arrivals.next();
    if (next.done) return;
    const arrival = Number(BigInt(next.value) / 1_000_000n);
    const request: OtlpRequest = fromOtlpJson(signal, JSON.parse(line));
    yield { arrival, enter: (sink) => pour(request, arrival, sink) };
  }
}

async function* context<T extends { readonly arrival: Instant }>(
  file: string,
  enter: (record: T, sink: TelemetrySink) => void,
): AsyncGenerator<Arriving, void> {
  for await (const line of linesOf(file)) {
    const record = JSON.parse(line) as T;
    yield { arrival: record.arrival, enter: (sink) => enter(record, sink) };
  }
}
