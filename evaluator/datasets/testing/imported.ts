import type { ForeignCase, Importer } from "../importer.ts";
import { importAll } from "../write.ts";

const { signal } = new AbortController();

/** All cases of a folder, as an importer reads them. */
export const collected = (importer: Importer, from: string): Promise<ForeignCase[]> =>
  Array.fromAsync(importer.read(from, signal));

/** Writes them as a corpus; the data set's names by their opaque ids. */
export async function importedInto(importer: Importer, from: string, out: string): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for await (const { id, name } of importAll(importer, from, out, signal)) names.set(id, name);
  return names;
}
