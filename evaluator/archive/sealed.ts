import { createHash, randomBytes, randomUUID } from "node:crypto";
import { chmod, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { Truth } from "../../scenarios/scenario.ts";
import type { Run } from "../run.ts";
import { canonical } from "./canonical.ts";
import { type Manifest, SCHEMA } from "./manifest.ts";
import { jsonOf, refusal } from "./refusal.ts";
import { writeWhole } from "./writer.ts";

/** What was really done in a recording, kept apart from it. */
export interface Sealed {
  readonly run: Run;
  readonly truth: Truth;
}
const File = z.object({
  schemaVersion: z.literal(SCHEMA),
  nonce: z.string(),
  /** Seen in an agent's words, it has read this file. */
  canary: z.string(),
  run: z.looseObject({ id: z.string(), case: z.string(), scenario: z.string(), seed: z.number() }),
  truth: z.looseObject({ incident: z.boolean() }),
});

/** Writes `<directory>/<case>.json`, for its owner alone; returns the commitment for the manifest. */
export async function seal(directory: string, { run, truth }: Sealed): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  const nonce = randomBytes(32).toString("hex");
  const file = { schemaVersion: SCHEMA, nonce, canary: randomUUID(), run, truth };
  await writeWhole(join(directory, `${run.case}.json`), `${JSON.stringify(file, null, 1)}\n`, 0o600);
  // As it will be read again: undefined fields are gone.
  return commitment(nonce, JSON.parse(JSON.stringify({ run, truth })));
}

const TOGETHER = "incidents/ and truth/ of a run belong together; get both again";

/** @throws HarnessError (exit 2) when it is missing, broken, newer, or not the one that the recording was made with. */
export async function readTruth(directory: string, { id, truthCommitment }: Manifest): Promise<Sealed> {
  const path = join(directory, `${id}.json`);
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) throw refusal(path, "is missing: without its truth a recording cannot be scored", TOGETHER);
  const told = jsonOf(text, path);
  const { schemaVersion = 0 } = z.looseObject({ schemaVersion: z.number() }).safeParse(told).data ?? {};
  if (schemaVersion > SCHEMA)
    throw refusal(
      path,
      `is of schema version ${schemaVersion}, and this Firedrill reads ${SCHEMA}`,
      "a newer Firedrill made it; update this one",
    );
  const read = File.safeParse(told);
  if (!read.success) throw refusal(path, `is no truth of a recording:\n${z.prettifyError(read.error)}`, TOGETHER);
  const { nonce, run, truth } = read.data;
  if (run.case !== id) throw refusal(path, `is the truth of another recording: of ${run.case}`, TOGETHER);
  if (commitment(nonce, { run, truth }) !== truthCommitment)
    throw refusal(
      path,
      "is not the truth of this recording: it does not hash to the manifest's truthCommitment",
      TOGETHER,
    );
  return { run, truth } as unknown as Sealed;
}

function commitment(nonce: string, told: unknown): string {
  return createHash("sha256").update(nonce).update(canonical(told)).digest("hex");
}
