import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import * as z from "zod";
import type { Component, Instant, Millis } from "../../agent/telemetry/model.ts";
import { HarnessError } from "../../generator/harness-error.ts";
import { csvRecords } from "./csv.ts";

const FaultList = z.record(
  z.string(),
  z.array(
    z.looseObject({
      inject_time: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      inject_timestamp: z.coerce.number().optional(),
      inject_pod: z.string().regex(/^.+-[^-]+-[^-]+$/),
      inject_type: z.string(),
    }),
  ),
);
export interface NezhaFault {
  readonly at: Instant;
  readonly text: string;
  readonly pod: string;
  readonly kind: string;
  /** What the list's epoch field says; in many rows it is another moment than the text. */
  readonly epoch: Instant | undefined;
}
/** One published day: `<day>-fault_list.json` and the folders metric/, trace/ and log/. */
export interface NezhaDay {
  readonly directory: string;
  readonly name: string;
  /** In order of time. */
  readonly faults: readonly NezhaFault[];
}

const LIST = "-fault_list.json";
const DEEPEST = 4;
const HOUR: Millis = 3_600_000;
const MINUTE: Millis = 60_000;

/** The service of a pod: its name without the two suffixes. */
export const serviceOf = (pod: string): Component => pod.split("-").slice(0, -2).join("-") || pod;

/** All days in a folder. Throws (exit 2) when there is none. */
export async function daysIn(directory: string): Promise<readonly NezhaDay[]> {
  const lists = await listsIn(directory, DEEPEST);
  if (lists.length === 0)
    throw new HarnessError(`${directory} holds no day of the Nezha data set`, {
      hint: `give a folder with rca_data/<day>/<day>${LIST}`,
      exitCode: 2,
    });
  return Promise.all(lists.map(([folder, file]) => readDay(folder, file)));
}

async function listsIn(directory: string, depth: number): Promise<(readonly [string, string])[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const own = entries.filter(({ name }) => name.endsWith(LIST)).map(({ name }) => [directory, name] as const);
  if (own.length > 0 || depth === 0) return own;
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(directory, name));
  return (await Promise.all(folders.sort().map((folder) => listsIn(folder, depth - 1)))).flat();
}

async function readDay(directory: string, file: string): Promise<NezhaDay> {
  const read = FaultList.safeParse(JSON.parse(await readFile(join(directory, file), "utf8")));
  if (!read.success)
    throw new HarnessError(`${join(directory, file)} is no list of Nezha's faults: ${z.prettifyError(read.error)}`, {
      hint: "get the day again from IntelligentDDS/Nezha",
      exitCode: 2,
    });
  const faults: NezhaFault[] = [];
  for (const { inject_time, inject_timestamp, inject_pod, inject_type } of Object.values(read.data).flat())
    faults.push({
      at: await utcOf(directory, inject_time),
      text: inject_time,
      pod: inject_pod,
      kind: inject_type,
      epoch: inject_timestamp === undefined ? undefined : inject_timestamp * 1_000,
    });
  return { directory, name: basename(directory), faults: faults.toSorted((a, b) => a.at - b.at) };
}

/** A text's moment. Texts and file names share one clock, which on some days is hours ahead: the spans in a file tell. */
async function utcOf(directory: string, text: string): Promise<Instant> {
  const said = Date.parse(`${text.replace(" ", "T")}Z`);
  for (const { file, minute } of await minutesIn(directory, "trace", said - MINUTE, said + 3 * MINUTE)) {
    const [first] = csvRecords((await readFile(file, "utf8")).slice(0, 4_096));
    const start = Number(first?.["StartTimeUnixNano"]) / 1e6;
    if (Number.isFinite(start)) return said + Math.round((start - minute) / HOUR) * HOUR;
  }
  return said;
}

export interface MinuteFile {
  readonly file: string;
  /** What its name says, on the clock of the texts. */
  readonly minute: Instant;
}
const NAME = /^(\d\d)_(\d\d)_(?:trace|log)\.csv$/;

/** Files of one signal that are named for a minute in a window, on the clock of the texts. */
export async function minutesIn(
  directory: string,
  signal: "trace" | "log",
  from: Instant,
  to: Instant,
): Promise<readonly MinuteFile[]> {
  const midnight = Date.parse(`${basename(directory)}T00:00:00Z`);
  const names = await readdir(join(directory, signal)).catch((): string[] => []);
  return names
    .flatMap((name): MinuteFile[] => {
      const [, hours, minutes] = NAME.exec(name) ?? [];
      if (hours === undefined) return [];
      const minute = midnight + Number(hours) * HOUR + Number(minutes) * MINUTE;
      return minute >= from && minute < to ? [{ file: join(directory, signal, name), minute }] : [];
    })
    .sort((a, b) => a.minute - b.minute);
}
