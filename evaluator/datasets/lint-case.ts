import loudest from "../../agent/agents/loudest.ts";
import { answerOf, isTrueComponent } from "../answer.ts";
import { readManifest } from "../archive/manifest.ts";
import { readTruth } from "../archive/sealed.ts";
import { attend, openCase, truthOf } from "../case.ts";
import type { LintCase } from "./lint.ts";

/** What lint has to know of a recording; its telemetry is not read. */
export async function lintCaseOf(directory: string): Promise<LintCase> {
  const manifest = await readManifest(directory);
  const { run, truth } = await readTruth(truthOf(directory), manifest);
  const { start, end } = manifest.clock;
  return {
    causes: truth.incident ? truth.causes : [],
    lasted: end - start,
    began: truth.incident && run.inForceAt !== null ? (run.inForceAt - start) / (end - start) : null,
  };
}

/** The same, and whether the agent that names who is loudest is right; takes a replay. */
export async function heardCaseOf(directory: string, signal: AbortSignal): Promise<LintCase> {
  const [one, open] = await Promise.all([lintCaseOf(directory), openCase(directory)]);
  if (one.causes.length === 0) return one;
  const { trial, truth } = (await attend(open, loudest, signal)).verdict;
  const [top] = answerOf(trial.run, trial.findings).ranked;
  return top === undefined ? one : { ...one, loudest: top.some((name) => isTrueComponent(truth, name)) };
}
