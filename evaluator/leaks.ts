import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { linesOf } from "./archive/lines.ts";
import { type Secrets, scanPattern } from "./secrets.ts";

/** A place in what an agent could read that tells what was done. */
export interface Leak {
  readonly file: string;
  readonly line: number;
  readonly token: string;
  readonly context: string;
}
/** Words of the trade that are ordinary ones where they stand; each with its reason. */
const ORDINARY: readonly (readonly [RegExp, string])[] = [
  [/javax?\.inject|jakarta\.inject/i, "a Java package in stack traces"],
  [/fault tolerance/i, "an ordinary phrase"],
];
const AROUND = 60;
const MOST = 100;

/**
 * Scans every byte of a recording, unpacked, and its file names. At most 100 places are returned. Of Parquet only the
 * name: its pages are packed, and hold nothing but what the recording's own files hold as text.
 */
export async function leaksIn(directory: string, secrets: Secrets): Promise<Leak[]> {
  const pattern = scanPattern(secrets);
  const leaks: Leak[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    const file = join(entry.parentPath, entry.name).slice(directory.length + 1);
    leaks.push(...leaksOf(file, pattern, { file, line: 0 }));
    if (!entry.isFile() || entry.name.endsWith(".parquet")) continue;
    let line = 0;
    for await (const text of linesOf(join(directory, file))) {
      line += 1;
      leaks.push(...leaksOf(text, pattern, { file, line }));
      if (leaks.length >= MOST) return leaks;
    }
  }
  return leaks;
}

/** Places in one text; `where` it stands. */
export function leaksOf(text: string, pattern: RegExp, where: Pick<Leak, "file" | "line">): Leak[] {
  const found: Leak[] = [];
  for (const { 0: token, index } of text.matchAll(pattern)) {
    const context = text.slice(Math.max(0, index - AROUND), index + token.length + AROUND);
    if (!ORDINARY.some(([ordinary]) => ordinary.test(context))) found.push({ ...where, token, context });
  }
  return found;
}
