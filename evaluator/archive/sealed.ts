import { createHash, randomBytes, randomUUID } from "node:crypto";
import { chmod, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { HarnessError } from "../../generator/harness-error.ts";
import type { Truth } from "../../scenarios/scenario.ts";
import type { Run } from "../run.ts";
import { canonical } from "./canonical.ts";
import type { Manifest } from "./manifest.ts";
import { writeWhole } from "./writer.ts";

/** What was really done in a recording, kept apart from it. */
export interface Sealed {
  readonly run: Run;
  readonly truth: Truth;
}
const File = z.object({
  schemaVersion: z.literal(1),
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
  const file = { schemaVersion: 1, nonce, canary: randomUUID(), run, truth };
  await writeWhole(join(directory, `${run.case}.json`), `${JSON.stringify(file, null, 1)}\n`, 0o600);
  // As it will be read again: undefined fields are gone.
  return commitment(nonce, JSON.parse(JSON.stringify({ run, truth })));
}

/** @throws HarnessError (exit 2) when it is missing, or is not the one that the recording was made with. */
export async function readTruth(directory: string, { id, truthCommitment }: Manifest): Promise<Sealed> {
  const path = join(directory, `${id}.json`);
  const text = await readFile(path, "utf8").catch(() => undefined);
  const read = text === undefined ? undefined : File.safeParse(JSON.parse(text));
  if (read?.success) {
    const { nonce, run, truth } = read.data;
    if (commitment(nonce, { run, truth }) === truthCommitment) return { run, truth } as unknown as Sealed;
  }
  throw new HarnessError(`${path} is ${text === undefined ? "missing" : "not the truth of this recording"}`, {
    hint: "incidents/ and truth/ of a run belong together; get both again",
    exitCode: 2,
  });
}

function commitment(nonce: string, told: unknown): string {
  return createHash("sha256").update(nonce).update(canonical(told)).digest("hex");
}
