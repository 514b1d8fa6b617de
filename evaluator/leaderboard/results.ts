import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { HarnessError } from "../../generator/harness-error.ts";
import { canonical } from "../archive/canonical.ts";
import { writeWhole } from "../archive/writer.ts";
import { type CaseRecord, caseRecord } from "./case-record.ts";
import { PROVENANCE, type Provenance, readProvenance } from "./provenance.ts";
import { TrialLine } from "./trial-line.ts";

const TRIALS = "trials.jsonl";
const CASES = "cases.jsonl";

/** Everything an evaluation leaves for machines. */
export interface Results {
  readonly provenance: Provenance;
  readonly cases: readonly CaseRecord[];
  readonly trials: readonly TrialLine[];
}

/** @throws HarnessError (exit 2) when the folder holds no results, or some that cannot be read. */
export async function readResults(directory: string): Promise<Results> {
  const provenance = await readProvenance(directory);
  if (provenance === undefined)
    throw new HarnessError(`${directory} holds no results`, {
      hint: "npm run evaluate -- --agent statistical --out <folder> makes some",
      exitCode: 2,
    });
  const cases = await lines(join(directory, CASES), caseRecord);
  const trials = await lines(join(directory, TRIALS), (value) => TrialLine.parse(value));
  return { provenance, cases: cases.toSorted(byId), trials: trials.toSorted(byTrial) };
}

/** Writes all of it anew, sorted: equal results have equal bytes. */
export async function writeResults(directory: string, { provenance, cases, trials }: Results): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeWhole(join(directory, CASES), cases.toSorted(byId).map(line).join(""));
  await writeWhole(join(directory, TRIALS), trials.toSorted(byTrial).map(line).join(""));
  await writeProvenance(directory, provenance);
}

export async function writeProvenance(directory: string, provenance: Provenance): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeWhole(join(directory, PROVENANCE), `${JSON.stringify(provenance, null, 1)}\n`);
}

export const addCase = (directory: string, record: CaseRecord): Promise<void> =>
  appendFile(join(directory, CASES), line(record));
export const addTrial = (directory: string, trial: TrialLine): Promise<void> =>
  appendFile(join(directory, TRIALS), line(trial));

const line = (value: object): string => `${canonical(value)}\n`;
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId = (a: CaseRecord, b: CaseRecord): number => order(a.id, b.id);
const byTrial = (a: TrialLine, b: TrialLine): number =>
  order(a.case, b.case) || order(a.agent, b.agent) || a.repeat - b.repeat;

/** Whoever was killed while writing left half a line at the end: it is as if it had not been written. */
async function lines<T>(file: string, parse: (value: unknown) => T): Promise<T[]> {
  const text = await readFile(file, "utf8").catch(() => "");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  return whole
    .split("\n")
    .filter((one) => one !== "")
    .map((one, i) => {
      try {
        return parse(JSON.parse(one));
      } catch (error) {
        const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
        throw new HarnessError(`${file}, line ${i + 1}, cannot be read: ${why}`, {
          hint: "it may come from another version of Firedrill; evaluate anew",
          exitCode: 2,
        });
      }
    });
}
