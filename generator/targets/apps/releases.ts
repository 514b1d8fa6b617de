import { cp, rm } from "node:fs/promises";
import { join } from "node:path";

/** The plain build of an app's sources. */
export const BASE = "base";

/** The folder of an app whose folders lie, one a release, over its sources. */
const OVERLAYS = "releases";

/** Names of releases in paths of source files, where the first group of the pattern is a name; `base` always. */
export function releasesIn(files: readonly string[], pattern: RegExp): readonly string[] {
  const found = files.flatMap((file) => file.match(pattern)?.[1] ?? []);
  return [...new Set([BASE, ...found])];
}

/** Releases of an app whose files lie in `releases/<name>/`. */
export function overlays(files: readonly string[]): readonly string[] {
  return releasesIn(files, /^releases[/\\]([^/\\]+)[/\\]/);
}

/** Lays the files of a release over the sources, and takes away the folder that tells of all of them. */
export async function overlay(sources: string, release: string): Promise<void> {
  const folder = join(sources, OVERLAYS);
  if (release !== BASE) await cp(join(folder, release), sources, { recursive: true });
  await rm(folder, { recursive: true, force: true });
}
