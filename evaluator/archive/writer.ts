import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, open, readFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { constants, createGzip } from "node:zlib";
import type { OtlpRequest, SignalName } from "../../agent/sources/otlp-codec.ts";
import { SIGNALS, toOtlpJson } from "../../agent/sources/otlp-codec.ts";
import type { Change, ClusterObject, Component, Instant } from "../../agent/telemetry/model.ts";
import type { Manifest } from "./manifest.ts";

export const pathOf = (signal: SignalName): string => `telemetry/${signal}.otlp.jsonl.gz`;
export const arrivalsOf = (signal: SignalName): string => `telemetry/${signal}.arrivals`;
export const CONTEXT = { changes: "context/changes.jsonl", objects: "context/objects.jsonl" } as const;
/** Who calls whom, where no span tells it; agents do not read it yet. */
export const TOPOLOGY = "context/topology.json";

/** One component calls another. */
export interface Edge {
  readonly caller: Component;
  readonly callee: Component;
}
/** A text file that grows line by line. */
interface Lines {
  readonly path: string;
  records: number;
  write(line: string): void;
  end(): Promise<void>;
}

/** Writes what arrives as it arrives: one export request a line in OTLP/JSON, its arrival apart, so the files stay plain. */
export class RecordingWriter {
  readonly directory: string;
  readonly #files = new Map<string, Lines>();

  private constructor(directory: string) {
    this.directory = directory;
    for (const signal of SIGNALS)
      for (const path of [pathOf(signal), arrivalsOf(signal)]) this.#files.set(path, lines(directory, path));
    for (const path of Object.values(CONTEXT)) this.#files.set(path, lines(directory, path));
  }

  static async open(directory: string): Promise<RecordingWriter> {
    for (const folder of ["telemetry", "context"]) await mkdir(join(directory, folder), { recursive: true });
    return new RecordingWriter(directory);
  }

  request(request: OtlpRequest, arrival: Instant): void {
    this.#files.get(pathOf(request.signal))?.write(JSON.stringify(toOtlpJson(request)));
    this.#files.get(arrivalsOf(request.signal))?.write(`${arrival}000000`);
  }
  change(change: Change): void {
    this.#files.get(CONTEXT.changes)?.write(JSON.stringify(change));
  }
  object(object: ClusterObject): void {
    this.#files.get(CONTEXT.objects)?.write(JSON.stringify(object));
  }
  topology(edges: readonly Edge[]): void {
    const file = lines(this.directory, TOPOLOGY);
    this.#files.set(TOPOLOGY, file);
    file.write(JSON.stringify({ edges }));
  }

  /** Ends the files and lists them. */
  async end(): Promise<Manifest["files"]> {
    const all = [...this.#files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    await Promise.all(all.map((file) => file.end()));
    return Promise.all(
      all.map(async ({ path, records }) => {
        const file = join(this.directory, path);
        const sha256 = createHash("sha256")
          .update(await readFile(file))
          .digest("hex");
        return { path, bytes: (await stat(file)).size, sha256, records };
      }),
    );
  }
}

function lines(directory: string, path: string): Lines {
  const out = createWriteStream(join(directory, path));
  const top = path.endsWith(".gz") ? createGzip({ level: constants.Z_DEFAULT_COMPRESSION }) : out;
  if (top !== out) top.pipe(out);
  const ended = finished(out);
  ended.catch(() => undefined);
  const file: Lines = {
    path,
    records: 0,
    write(line) {
      file.records += 1;
      top.write(`${line}\n`);
    },
    async end() {
      top.end();
      await ended;
    },
  };
  return file;
}

/** Whole or not at all: a temporary name, synced, then renamed. */
export async function writeWhole(file: string, text: string, mode = 0o644): Promise<void> {
  const temporary = `${file}.tmp`;
  const handle = await open(temporary, "w", mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}
