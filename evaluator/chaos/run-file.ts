import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { Owned } from "../../generator/faults/journal-record.ts";
import { alive } from "../../generator/targets/process-identity.ts";

/** What `npm run apps` leaves for whoever wants to find its apps while they run. */
export const RunFile = z.object({
  schema: z.literal(1),
  /** Name of its journal. */
  run: z.string(),
  target: z.string(),
  /** Unix ms. */
  startedAt: z.number(),
  /** Whoever keeps the apps running; when it is gone, the file says nothing any more. */
  harness: Owned,
  runDirectory: z.string(),
  edgeSocket: z.string(),
  /** Unix socket of whoever keeps the apps running. */
  operations: z.string(),
  /** Unix sockets of the apps' present instances and of the third party. */
  sockets: z.record(z.string(), z.string()),
  /** The data, as its administrator reaches it. */
  store: z
    .object({ host: z.string(), port: z.int(), database: z.string(), user: z.string(), password: z.string() })
    .optional(),
  edges: z.array(z.string()),
  /** Where users enter, by service. */
  fronts: z.record(z.string(), z.string()),
  processes: z.array(Owned),
  /** Builds that can be rolled out. */
  releases: z.array(z.object({ app: z.string(), release: z.string() })),
});
export type RunFile = z.infer<typeof RunFile>;

/** One place a machine. */
const placeOf = (state: string): string => join(state, "apps.json");

/** Whoever reads it finds all of it or none; only its owner may. */
export function writeRunFile(state: string, file: RunFile): void {
  const draft = `${placeOf(state)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(file, null, 1)}\n`, { mode: 0o600 });
  renameSync(draft, placeOf(state));
}

/** Removes the file if it is of that run: another one may have taken its place. */
export function removeRunFile(state: string, run: string): void {
  if (readRunFile(state)?.run === run) rmSync(placeOf(state), { force: true });
}

/** Undefined when there is none, or none that can be read: an older version's says nothing to this one. */
export function readRunFile(state: string): RunFile | undefined {
  try {
    return RunFile.parse(JSON.parse(readFileSync(placeOf(state), "utf8")));
  } catch {
    return undefined;
  }
}

/** The apps that run now; a file whose writer has ended, or whose pid is another's by now, is passed over. */
export async function runningApps(state: string): Promise<RunFile | undefined> {
  const file = readRunFile(state);
  return file !== undefined && (await alive(file.harness)) ? file : undefined;
}

/** Removes a file whose writer has ended; whether there was one. */
export async function clearRunFile(state: string): Promise<boolean> {
  const file = readRunFile(state);
  if (file === undefined || (await alive(file.harness))) return false;
  removeRunFile(state, file.run);
  return true;
}
