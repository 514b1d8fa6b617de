import { readFile } from "node:fs/promises";
import * as z from "zod";
import { HarnessError } from "../../generator/harness-error.ts";
import { writeWhole } from "../archive/writer.ts";

/** What an agent scored on one recorded case; no truth is in it. */
export const CaseScore = z.strictObject({
  /** Cases of one fault on one target resemble each other; they are one sample when chance is reckoned. */
  cluster: z.string(),
  state: z.enum(["correct", "wrong", "no-answer", "agent-error", "invalid"]),
  /** 1: the named causes are the true ones, nothing missing and nothing extra; on a control: nothing was named. */
  exact_set: z.number().min(0).max(1),
  /** From the first harm that users felt to the alarm, ms, not below 0; null when there was no alarm, or nothing to detect. */
  ttd_ms: z.number().nullable(),
  false_alarms: z.int().min(0),
});
export type CaseScore = z.infer<typeof CaseScore>;

/** Scores that were accepted: what a change is held against. */
export const Accepted = z.strictObject({
  schemaVersion: z.literal(1),
  firedrill: z.string(),
  createdAt: z.string(),
  /** Why these scores were accepted, in words. */
  reason: z.string().min(1),
  /** Over sorted case ids and the hashes of their recordings. */
  corpus: z.strictObject({ sha256: z.string(), cases: z.int() }),
  agent: z.strictObject({ name: z.string(), deterministic: z.boolean() }),
  cases: z.record(z.string(), CaseScore),
});
export type Accepted = z.infer<typeof Accepted>;

/** @throws HarnessError (exit 2) when there is none, or it cannot be read: a gate without a measure is no gate. */
export async function readAccepted(file: string): Promise<Accepted> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined)
    throw new HarnessError(`there are no accepted results in ${file}`, {
      hint: "npm run gate -- accept --reason <why> writes them",
      exitCode: 2,
    });
  const read = Accepted.safeParse(json(text));
  if (read.success) return read.data;
  throw new HarnessError(`${file} cannot be read: ${z.prettifyError(read.error)}`, {
    hint: "restore the committed file, or accept anew",
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

/** Keys sorted, a case a line: a review sees which cases have changed. */
export async function writeAccepted(file: string, { cases, ...head }: Accepted): Promise<void> {
  const lines = Object.keys(cases)
    .sort()
    .map((id) => `  ${JSON.stringify(id)}: ${JSON.stringify(cases[id])}`);
  const text = `${JSON.stringify(head, null, 1).slice(0, -2)},\n "cases": {\n${lines.join(",\n")}\n }\n}\n`;
  await writeWhole(file, text);
}
