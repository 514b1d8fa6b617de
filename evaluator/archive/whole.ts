import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { SIGNALS } from "../../agent/sources/otlp-codec.ts";
import { faultIn } from "./broken-file.ts";
import type { Manifest } from "./manifest.ts";
import { refusal } from "./refusal.ts";
import { PARQUET, TABLES } from "./tables.ts";
import { arrivalsOf, CONTEXT, pathOf, TOPOLOGY } from "./writer.ts";

const REQUESTS = [...SIGNALS.flatMap((signal) => [pathOf(signal), arrivalsOf(signal)]), ...Object.values(CONTEXT)];

/** Whether it holds tables alone, as those of a corpus do. */
export const isPacked = ({ files }: Manifest): boolean => files.some(({ path }) => path.startsWith(`${PARQUET}/`));

/**
 * A recording holds what its manifest lists, byte for byte, all that is read of a recording, and nothing else: what is not
 * listed nobody vouches for.
 * @throws HarnessError (exit 2) that names the first file with which something is wrong, and what
 */
export async function requireWhole(directory: string, manifest: Manifest): Promise<void> {
  requireListed(directory, manifest);
  for (const file of manifest.files) await requireSame(directory, file);
  await requireNoMore(directory, manifest);
}

function requireListed(directory: string, manifest: Manifest): void {
  const file = join(directory, "manifest.json");
  const listed = manifest.files.map(({ path }) => path);
  const needed = isPacked(manifest) ? TABLES : REQUESTS;
  const known = [...needed, ...(isPacked(manifest) ? [] : [TOPOLOGY])];
  const strange = listed.find((path) => !known.includes(path));
  const twice = listed.find((path, i) => listed.indexOf(path) < i);
  const missing = needed.find((path) => !listed.includes(path));
  if (strange !== undefined) throw refusal(file, `lists ${strange}, which is no file of such a recording`);
  if (twice !== undefined) throw refusal(file, `lists ${twice} twice`);
  if (missing !== undefined) throw refusal(file, `does not list ${missing}, without which there is no recording`);
}

async function requireSame(directory: string, listed: Manifest["files"][number]): Promise<void> {
  const file = join(directory, listed.path);
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) throw refusal(file, "is missing");
  const same = createHash("sha256").update(bytes).digest("hex") === listed.sha256;
  if (!same) throw refusal(file, await faultIn(file, bytes, listed.bytes));
}

/** The tables beside requests are made of them, and never read here: a manifest of requests lists none. */
async function requireNoMore(directory: string, manifest: Manifest): Promise<void> {
  const allowed = new Set(["manifest.json", ...TABLES, ...manifest.files.map(({ path }) => path)]);
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    const path = relative(directory, join(entry.parentPath, entry.name));
    if (!entry.isDirectory() && !allowed.has(path))
      throw refusal(join(directory, path), "is not listed in the manifest", "take it away, or get the recording again");
  }
}
