import { readFile } from "node:fs/promises";
import * as z from "zod";
import { HarnessError } from "../../generator/harness-error.ts";
import { writeWhole } from "../archive/writer.ts";
import { Rules } from "./rules.ts";

const score = {
  state: z.enum(["correct", "wrong", "no-answer", "agent-error", "invalid"]),
  /** 1: the named causes are the true ones, nothing missing and nothing extra; on a control: nothing was named. */
  exact_set: z.number().min(0).max(1),
  /** From the first harm that users felt to the alarm, ms, not below 0; null when there was no alarm, or nothing to detect. */
  ttd_ms: z.number().nullable(),
  false_alarms: z.int().min(0),
  /** Share of the claims behind the answer that hold when asked again; null without an answer. Absent: not asked. */
  grounded: z.number().min(0).max(1).nullable().optional(),
};
/** Cases of one fault on one target resemble each other; they are one sample when chance is reckoned. */
const cluster = z.string();

/** What an agent scored on one recorded case; no truth is in it. */
export const CaseScore = z.strictObject({ cluster, ...score });
export type CaseScore = z.infer<typeof CaseScore>;

/** What one run of an agent that answers by chance scored; `repeat` is the number its chance came from. */
export const RunScore = z.strictObject({ repeat: z.int().min(1), ...score });
export type RunScore = z.infer<typeof RunScore>;
export const CaseRuns = z.strictObject({ cluster, runs: z.array(RunScore).min(1) });
export type CaseRuns = z.infer<typeof CaseRuns>;

const head = {
  firedrill: z.string(),
  createdAt: z.string(),
  /** Why these scores were accepted, in words. */
  reason: z.string().min(1),
  /** Over sorted case ids and the hashes of their recordings. */
  corpus: z.strictObject({ sha256: z.string(), cases: z.int() }),
};
/** `commit` is where the tree stood; null outside a checkout. */
const agent = { name: z.string(), commit: z.string().nullable().optional() };

/** Of an agent that says the same of the same recording every time: one score a case. */
export const AcceptedScores = z.strictObject({
  schemaVersion: z.literal(1),
  ...head,
  agent: z.strictObject({ ...agent, deterministic: z.boolean() }),
  cases: z.record(z.string(), CaseScore),
});
export type AcceptedScores = z.infer<typeof AcceptedScores>;

/** Of an agent that answers by chance: several runs a case, and the rules they are held to. */
export const AcceptedRuns = z.strictObject({
  schemaVersion: z.literal(2),
  ...head,
  agent: z.strictObject({ ...agent, deterministic: z.literal(false) }),
  gate: Rules,
  cases: z.record(z.string(), CaseRuns),
});
export type AcceptedRuns = z.infer<typeof AcceptedRuns>;

/** Scores that were accepted: what a change is held against. */
export const Accepted = z.discriminatedUnion("schemaVersion", [AcceptedScores, AcceptedRuns]);
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
