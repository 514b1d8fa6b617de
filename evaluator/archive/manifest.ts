import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { canonical } from "./canonical.ts";
import { jsonOf, refusal } from "./refusal.ts";
import { writeWhole } from "./writer.ts";

/** The one that this Firedrill writes, and reads. */
export const SCHEMA = 1;

/** What a recording says of itself: nothing that tells when or what happened in it. Instants are ms since 1970. */
export const Manifest = z.strictObject({
  schemaVersion: z.literal(SCHEMA),
  /** Opaque. */
  id: z.string(),
  system: z.string(),
  recorder: z.strictObject({ name: z.string(), version: z.string(), commit: z.string().nullable() }),
  licence: z.string(),
  createdAt: z.number(),
  clock: z
    .strictObject({ tz: z.literal("UTC"), start: z.number(), end: z.number(), tickMs: z.number().positive() })
    .refine(({ start, end }) => end > start, "it ends before it begins"),
  /** How arrivals are known, where they were not recorded. */
  arrivals: z.string().optional(),
  /** What a reader of an imported case has to know about its telemetry. */
  notes: z.array(z.string()).optional(),
  /** Requests a second at the front, as an operator sees them, in bins of `everyMs`. */
  load: z.strictObject({ everyMs: z.number().positive(), rps: z.array(z.number()) }),
  inventory: z.strictObject({ components: z.array(z.string()) }),
  /** sha256 of the nonce and the canonical truth; the nonce lies with the truth. */
  truthCommitment: z.string(),
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string(), records: z.int() })),
  /** sha256 of all the above, canonical. Recordings of before it was written have none. */
  seal: z.string().optional(),
});
export type Manifest = z.infer<typeof Manifest>;

const NAME = "manifest.json";

/**
 * What a recording says of itself.
 * @throws HarnessError (exit 2) when there is none, or it is not one: an unfinished recording has no manifest.
 */
export async function readManifest(directory: string): Promise<Manifest> {
  const file = join(directory, NAME);
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) throw await without(directory);
  const told = jsonOf(text, file);
  const { schemaVersion } = z.looseObject({ schemaVersion: z.unknown() }).safeParse(told).data ?? {};
  if (typeof schemaVersion !== "number")
    throw refusal(file, "is no manifest of a recording: it has no schemaVersion", OURS);
  if (schemaVersion > SCHEMA)
    throw refusal(
      file,
      `is of schema version ${schemaVersion}, and this Firedrill reads ${SCHEMA}`,
      "a newer Firedrill made it; update this one",
    );
  const read = Manifest.safeParse(told);
  if (!read.success) throw refusal(file, `is no manifest of a recording:\n${z.prettifyError(read.error)}`);
  if (read.data.seal !== undefined && read.data.seal !== sealOf(read.data))
    throw refusal(file, "has been changed: it is not what its seal says");
  return read.data;
}

/** Writes it, sealed. To be done last: without a manifest a recording is unfinished. */
export async function writeManifest(directory: string, manifest: Manifest): Promise<void> {
  const sealed = { ...manifest, seal: sealOf(manifest) };
  await writeWhole(join(directory, NAME), `${JSON.stringify(sealed, null, 1)}\n`);
}

function sealOf({ seal: _, ...manifest }: Manifest): string {
  // As it will be read again: undefined fields are gone.
  const told: unknown = JSON.parse(JSON.stringify(manifest));
  return createHash("sha256").update(canonical(told)).digest("hex");
}

const OURS = "give a recording that Firedrill made, or import it: npm run dataset -- import <format>";

/** What there is instead of a recording. */
async function without(directory: string): Promise<Error> {
  const there = await stat(directory).catch(() => undefined);
  if (there === undefined) return refusal(directory, "is not a recording: there is nothing", OURS);
  if (!there.isDirectory())
    return refusal(directory, "is not a recording: it is a file, and a recording is a folder", OURS);
  const names = (await readdir(directory)).sort();
  if (names.includes("telemetry") || names.includes("parquet"))
    return refusal(
      directory,
      `holds no finished recording: ${NAME} is missing`,
      "a drill that was interrupted leaves none; run it again",
    );
  const holds = names.length === 0 ? "nothing" : names.slice(0, 3).join(", ") + (names.length > 3 ? ", ..." : "");
  return refusal(directory, `is not a recording: it holds ${holds}, and no ${NAME}`, OURS);
}
