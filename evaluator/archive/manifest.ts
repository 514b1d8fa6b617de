import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { HarnessError } from "../../generator/harness-error.ts";

/** What a recording says of itself: nothing that tells when or what happened in it. Instants are ms since 1970. */
export const Manifest = z.object({
  schemaVersion: z.literal(1),
  /** Opaque. */
  id: z.string(),
  system: z.string(),
  recorder: z.object({ name: z.string(), version: z.string(), commit: z.string().nullable() }),
  licence: z.string(),
  createdAt: z.number(),
  clock: z.object({ tz: z.literal("UTC"), start: z.number(), end: z.number(), tickMs: z.number().positive() }),
  /** How arrivals are known, where they were not recorded. */
  arrivals: z.string().optional(),
  /** What a reader of an imported case has to know about its telemetry. */
  notes: z.array(z.string()).optional(),
  /** Requests a second at the front, as an operator sees them, in bins of `everyMs`. */
  load: z.object({ everyMs: z.number().positive(), rps: z.array(z.number()) }),
  inventory: z.object({ components: z.array(z.string()) }),
  /** sha256 of the nonce and the canonical truth; the nonce lies with the truth. */
  truthCommitment: z.string(),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string(), records: z.number() })),
});
export type Manifest = z.infer<typeof Manifest>;

/** @throws HarnessError (exit 2) when there is none, or it is not one: an unfinished recording has no manifest. */
export async function readManifest(directory: string): Promise<Manifest> {
  const text = await readFile(join(directory, "manifest.json"), "utf8").catch(() => undefined);
  if (text === undefined)
    throw new HarnessError(`${directory} holds no finished recording`, {
      hint: "a drill that was interrupted leaves none; run it again",
      exitCode: 2,
    });
  const read = Manifest.safeParse(JSON.parse(text));
  if (read.success) return read.data;
  throw new HarnessError(`${directory}/manifest.json cannot be read: ${z.prettifyError(read.error)}`, {
    hint: "it may come from another version of Firedrill",
    exitCode: 2,
  });
}
