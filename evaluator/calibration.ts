import { mkdir, readFile } from "node:fs/promises";
import { arch, cpus, platform, totalmem } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import type { Knees } from "../generator/traffic/knee.ts";
import { writeWhole } from "./archive/writer.ts";

/** What makes a measurement one of this machine. */
export interface Fingerprint {
  readonly platform: string;
  readonly processor: string;
  readonly cores: number;
  /** In GiB, rounded. */
  readonly memory: number;
}
const File = z.object({
  schemaVersion: z.literal(1),
  measuredAt: z.number(),
  machine: z.object({ platform: z.string(), processor: z.string(), cores: z.number(), memory: z.number() }),
  knees: z.record(z.string(), z.object({ carries: z.number(), breaks: z.number().nullable() })),
});

export function fingerprint(): Fingerprint {
  const all = cpus();
  return {
    platform: `${platform()} ${arch()}`,
    processor: all[0]?.model ?? "unknown",
    cores: all.length,
    memory: Math.round(totalmem() / 2 ** 30),
  };
}

const fileIn = (state: string): string => join(state, "calibration.json");

/** Keeps what was measured, for the drills of this machine; answers where. */
export async function keepKnees(state: string, knees: Knees): Promise<string> {
  await mkdir(state, { recursive: true, mode: 0o700 });
  const kept = { schemaVersion: 1, measuredAt: Date.now(), machine: fingerprint(), knees };
  await writeWhole(fileIn(state), `${JSON.stringify(kept, null, 1)}\n`);
  return fileIn(state);
}

/** What was measured on this machine; nothing, said to `say`, when that was another one or cannot be read. */
export async function knownKnees(state: string, say: (text: string) => void): Promise<Knees> {
  const text = await readFile(fileIn(state), "utf8").catch(() => undefined);
  if (text === undefined) return {};
  const read = File.safeParse(json(text));
  if (read.success && JSON.stringify(read.data.machine) === JSON.stringify(fingerprint())) return read.data.knees;
  say("what the apps carry was measured on another machine and is not used; npm run calibrate measures it again");
  return {};
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
