import { HarnessError } from "../harness-error.ts";
import type { RevertOutcome } from "./adapters/adapter.ts";
import type { Intent } from "./intent.ts";
import { byHand, takeBack } from "./inverse.ts";
import type { Journal } from "./journal.ts";
import { openIntents } from "./journal-record.ts";

export type RevertReason = "disposed" | "injection failed" | "harness gone" | "harness silent" | "asked" | "recovered";

export interface RevertResult {
  readonly run: string;
  readonly what: string;
  readonly outcome: RevertOutcome;
  /** What a person can type when it failed. */
  readonly byHand?: string;
}

/** Takes open intents back, newest first, by the journal alone; `only` these, by id, or all. */
export async function revertOpen(
  journal: Journal,
  why: RevertReason,
  only?: ReadonlySet<string>,
): Promise<readonly RevertResult[]> {
  const results: RevertResult[] = [];
  for (const intent of openIntents(await journal.records())) {
    if (only !== undefined && !only.has(intent.id)) continue;
    results.push(await revertOne(journal, why, intent));
  }
  return results;
}

async function revertOne(journal: Journal, why: RevertReason, intent: Intent): Promise<RevertResult> {
  await journal.append({ kind: "reverting", intent: intent.id, why });
  const outcome = await takeBack(intent);
  await journal.append({ kind: "reverted", intent: intent.id, outcome });
  const result = { run: journal.run, what: intent.subject, outcome };
  return outcome === "failed" ? { ...result, byHand: byHand(intent) } : result;
}

/** Throws when something may still act, with the command that a person can type. */
export function allReverted(results: readonly RevertResult[]): void {
  const failed = results.find(({ outcome }) => outcome === "failed");
  if (failed === undefined) return;
  throw new HarnessError(`${failed.what} could not be put back`, {
    hint: failed.byHand ?? "Run `npm run recover`",
    exitCode: 1,
  });
}
