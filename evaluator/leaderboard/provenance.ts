import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { HarnessError } from "../../generator/harness-error.ts";
import { canonical } from "../archive/canonical.ts";

export const PROVENANCE = "provenance.json";

/** What results come from. Two with the same plan may be put together, two with the same corpus compared. */
export const Provenance = z.object({
  schema: z.literal(1),
  firedrill: z.string(),
  commit: z.string().nullable(),
  node: z.string(),
  host: z.string(),
  corpus: z.object({ sha256: z.string(), cases: z.int() }),
  agents: z.array(z.string()),
  references: z.array(z.string()),
  repeats: z.int().positive(),
  /** Which part of the corpus; null: all of it. */
  shard: z.object({ index: z.int().positive(), of: z.int().positive() }).nullable(),
  startedAt: z.number(),
  /** Null until all trials are there. */
  endedAt: z.number().nullable(),
  /** Time spent, ms; interruptions do not count. */
  wallMs: z.number(),
});
export type Provenance = z.infer<typeof Provenance>;

/** Names of what differs between two plans. */
export function differences(a: Provenance, b: Provenance): string[] {
  const keys = ["firedrill", "commit", "corpus", "agents", "references", "repeats"] as const;
  return keys.filter((key) => canonical(a[key]) !== canonical(b[key]));
}

/** Undefined when there are no results. Throws HarnessError (exit 2) when there are some that cannot be read. */
export async function readProvenance(directory: string): Promise<Provenance | undefined> {
  const text = await readFile(join(directory, PROVENANCE), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const read = Provenance.safeParse(json(text));
  if (read.success) return read.data;
  throw new HarnessError(`${join(directory, PROVENANCE)} cannot be read: ${z.prettifyError(read.error)}`, {
    hint: "it may come from another version of Firedrill; evaluate anew",
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
