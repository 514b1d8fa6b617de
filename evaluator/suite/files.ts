import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { HarnessError } from "../../generator/harness-error.ts";
import { writeWhole } from "../archive/writer.ts";
import { renderSuite } from "./page.ts";
import { document, SuiteRecord } from "./record.ts";
import { markdown } from "./table.ts";

const FILE = "suite.json";

/** Writes suite.json, suite.md and suite.html, each whole or not at all. */
export async function save(directory: string, record: SuiteRecord): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeWhole(join(directory, FILE), `${JSON.stringify(document(record), null, 1)}\n`);
  await writeWhole(join(directory, "suite.md"), markdown(record));
  await writeWhole(join(directory, "suite.html"), renderSuite(record));
}

/** Undefined when the directory holds no suite. Throws HarnessError (exit 2) when it holds one that cannot be read. */
export async function readSuite(directory: string): Promise<SuiteRecord | undefined> {
  const text = await readFile(join(directory, FILE), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const read = SuiteRecord.safeParse(json(text));
  if (read.success) return read.data;
  throw new HarnessError(`${join(directory, FILE)} cannot be read: ${z.prettifyError(read.error)}`, {
    hint: "it may come from another version of Firedrill; run the suite anew",
    exitCode: 2,
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The newest suite of this name below `directory` that has not run to its end, with its folder. */
export async function unfinished(
  directory: string,
  suite: string,
): Promise<{ readonly out: string; readonly record: SuiteRecord } | undefined> {
  const folders = await readdir(directory).catch((): string[] => []);
  for (const folder of folders.sort().reverse()) {
    if (!folder.endsWith(`-suite-${suite}`)) continue;
    const out = join(directory, folder);
    const record = await readSuite(out);
    if (record?.endedAt === null) return { out, record };
  }
  return undefined;
}

/** Folder of the newest suite of this name below `directory` that has run to its end. */
export async function newest(directory: string, suite: string): Promise<string | undefined> {
  const folders = await readdir(directory).catch((): string[] => []);
  for (const folder of folders.sort().reverse()) {
    const out = join(directory, folder);
    const record = folder.endsWith(`-suite-${suite}`) ? await readSuite(out) : undefined;
    if (record !== undefined && record.endedAt !== null) return out;
  }
  return undefined;
}
