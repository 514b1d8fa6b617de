import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import * as z from "zod";
import { type PastRun, remember } from "../agent/engine/past-run.ts";
import { FAULT_CLASSES } from "../agent/investigation.ts";

const Evidence = z.object({
  id: z.string(),
  component: z.string(),
  signal: z.string(),
  claim: z.string(),
  value: z.number().optional(),
  normal: z.number().optional(),
});
/** What is read of a run's `result.json`, as `keep.ts` writes it. */
const Kept = z.object({
  schema: z.literal(1),
  runId: z.string(),
  agent: z.string(),
  state: z.string(),
  replayed: z.boolean(),
  investigation: z.object({
    outcome: z.enum(["incident", "inconclusive", "all-clear", "nothing-said"]),
    named: z.number(),
    hypotheses: z.array(
      z.object({
        component: z.string(),
        cause: z.enum(FAULT_CLASSES),
        trigger: z.string().optional(),
        evidence: z.array(Evidence),
      }),
    ),
    picture: z
      .object({
        evidence: z.array(Evidence),
        dependencies: z.array(z.object({ caller: z.string(), callee: z.string() })),
        blastRadius: z.object({
          affected: z.array(z.object({ component: z.string() })),
          lost: z.number(),
          lostPerMinute: z.number(),
        }),
        timeline: z.array(z.object({ at: z.number(), kind: z.string() })),
      })
      .optional(),
  }),
});
type Kept = z.infer<typeof Kept>;

/** Investigations that are kept in a folder, each run once; and how many results were left out, by why. */
export interface PastRuns {
  readonly runs: readonly PastRun[];
  readonly leftOut: Readonly<Record<string, number>>;
}

/** Reads `<folder>/<run>/result.json` and, for suites, `<folder>/<suite>/<run>/result.json`. */
export async function readPastRuns(folder: string, agent: string): Promise<PastRuns> {
  const results = await Promise.all((await resultsIn(folder)).map(readKept));
  const runs = new Map<string, PastRun>();
  const leftOut = new Map<string, number>();
  const leave = (why: string): void => void leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
  // A replay tells of the same run again: the run itself comes first.
  for (const kept of results.sort((a, b) => Number(a?.replayed ?? true) - Number(b?.replayed ?? true))) {
    if (kept === undefined) leave("not readable as a result");
    else if (kept.agent !== agent) leave("by another agent");
    else if (kept.state === "invalid") leave("runs that do not count");
    else if (runs.has(kept.runId)) leave("the same run again");
    else runs.set(kept.runId, remember(kept.runId, kept.investigation));
  }
  const ordered = [...runs.values()].sort((a, b) => (a.run < b.run ? -1 : 1));
  return { runs: ordered, leftOut: Object.fromEntries(leftOut) };
}

async function readKept(file: string): Promise<Kept | undefined> {
  const read = Kept.safeParse(parsed(await readFile(file, "utf8")));
  return read.success ? read.data : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function resultsIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const run of await foldersIn(folder)) {
    const names = await readdir(run);
    if (names.includes("result.json")) found.push(join(run, "result.json"));
    if (!names.includes("suite.json")) continue;
    for (const drill of await foldersIn(run))
      if ((await readdir(drill)).includes("result.json")) found.push(join(drill, "result.json"));
  }
  return found.sort((a, b) => (relative(folder, a) < relative(folder, b) ? -1 : 1));
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((one) => one.isDirectory()).map((one) => join(folder, one.name));
}
