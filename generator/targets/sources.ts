import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What builds and editors leave behind, in every language. */
const LEFTOVERS = ["node_modules", "target", "__pycache__", "deps"];
const LEFTOVER_ENDINGS = [".pyc", ".log", ".test"];

/** The files an app is built from, relative and sorted: all below its folder but hidden ones and build outputs. */
export async function sourcesOf(folder: string): Promise<readonly string[]> {
  const ignored = ignoredNames(await readFile(join(folder, ".gitignore"), "utf8").catch(() => ""));
  const found: string[] = [];
  const visit = async (below: string): Promise<void> => {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = join(below, entry.name);
      if (isLeftover(entry.name, ignored)) continue;
      if (entry.isDirectory()) await visit(path);
      else if (entry.isFile()) found.push(path);
    }
  };
  await visit("");
  return found.sort();
}

/** Names an ignore file lists in plain words; its patterns are not understood. */
export function ignoredNames(text: string): ReadonlySet<string> {
  const names = text.split("\n").map((line) => line.trim().replace(/^\/|\/$/g, ""));
  return new Set(names.filter((name) => /^[\w.-]+$/.test(name)));
}

function isLeftover(name: string, ignored: ReadonlySet<string>): boolean {
  if (name.startsWith(".") && name !== ".mvn") return true;
  return LEFTOVERS.includes(name) || ignored.has(name) || LEFTOVER_ENDINGS.some((ending) => name.endsWith(ending));
}

/** A short name of exactly this content, these file names and these tool versions (SHA-256, 12 hex digits). */
export async function contentHash(
  folder: string,
  files: readonly string[],
  versions: readonly string[],
): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(versions));
  for (const file of files) {
    const content = await readFile(join(folder, file));
    // Lengths keep the border between two files part of the content.
    hash.update(`\0${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 12);
}

/** Copies the files, so that a build writes nothing into the sources. */
export async function copySources(folder: string, files: readonly string[], to: string): Promise<void> {
  for (const file of files) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    await copyFile(join(folder, file), join(to, file));
  }
}
