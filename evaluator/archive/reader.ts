import { join } from "node:path";
import * as z from "zod";
import { fromOtlpJson, type OtlpRequest, SIGNALS, type SignalName } from "../../agent/sources/otlp-codec.ts";
import { pour } from "../../agent/sources/otlp-records.ts";
import type { Change, ClusterObject, Instant, TelemetrySink } from "../../agent/telemetry/model.ts";
import { linesOf } from "./lines.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { jsonOf, refusal, wordsOf } from "./refusal.ts";
import { PARQUET } from "./tables.ts";
import { isPacked, requireWhole } from "./whole.ts";
import { arrivalsOf, CONTEXT, pathOf } from "./writer.ts";

/** A finished recording, ready to be poured into a store in order of arrival. */
export interface Recording {
  readonly manifest: Manifest;
  pour(sink: TelemetrySink): Promise<void>;
}

/**
 * A recording whose files are those that its manifest vouches for.
 * @throws HarnessError (exit 2) that says which file is missing, cut off, changed, strange or of another schema, and where;
 * `pour` throws one for a record that is not what such a file holds.
 */
export async function readRecording(directory: string): Promise<Recording> {
  const manifest = await readManifest(directory);
  await requireWhole(directory, manifest);
  return { manifest, pour: (sink) => (isPacked(manifest) ? pourTables(directory, sink) : pourAll(directory, sink)) };
}

/** A corpus keeps recordings as Parquet alone. */
async function pourTables(directory: string, sink: TelemetrySink): Promise<void> {
  // Native code that only packed recordings need.
  const { pourParquet } = await import("../../agent/telemetry/warehouse-reader.ts");
  await pourParquet(join(directory, PARQUET), sink).catch((error: unknown) => {
    throw refusal(join(directory, PARQUET), `cannot be read as tables of a recording: ${wordsOf(error)}`);
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
  const [file, when] = [join(directory, pathOf(signal)), join(directory, arrivalsOf(signal))];
  const arrivals = linesOf(when);
  let line = 0;
  for await (const text of linesOf(file)) {
    line += 1;
    const next = await arrivals.next();
    if (next.done) throw refusal(when, `ends after line ${line - 1}, and ${pathOf(signal)} does not`);
    if (!/^\d+$/.test(next.value)) throw refusal(when, `tells no instant in line ${line}`);
    const arrival = Number(BigInt(next.value) / 1_000_000n);
    const request = requestOf(signal, text, file, line);
    yield { arrival, enter: (sink) => pour(request, arrival, sink) };
  }
  if (!(await arrivals.next()).done) throw refusal(file, `ends after line ${line}, and ${arrivalsOf(signal)} does not`);
}

function requestOf(signal: SignalName, text: string, file: string, line: number): OtlpRequest {
  const told = jsonOf(text, file, line);
  try {
    return fromOtlpJson(signal, told as object);
  } catch (error) {
    throw refusal(file, `holds no OTLP request in line ${line}: ${wordsOf(error)}`);
  }
}

/** What every record of the platform has; what else it holds is told as it is. */
const Told = z.looseObject({ at: z.number(), arrival: z.number(), component: z.string() });

async function* context<T extends { readonly arrival: Instant }>(
  file: string,
  enter: (record: T, sink: TelemetrySink) => void,
): AsyncGenerator<Arriving, void> {
  let line = 0;
  for await (const text of linesOf(file)) {
    line += 1;
    const read = Told.safeParse(jsonOf(text, file, line));
    if (!read.success) throw refusal(file, `holds no record in line ${line}: ${z.prettifyError(read.error)}`);
    const record = read.data as unknown as T;
    yield { arrival: record.arrival, enter: (sink) => enter(record, sink) };
  }
}
