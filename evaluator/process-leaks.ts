import { readFile } from "node:fs/promises";
import { alive } from "../generator/targets/process-identity.ts";
import { APPS, type OwnedProcess } from "../generator/targets/target.ts";
import { type Leak, leaksOf } from "./leaks.ts";
import { type Secrets, scanPattern } from "./secrets.ts";

/** Name, command line and environment, as the kernel shows them. */
const PARTS = ["comm", "cmdline", "environ"];

/**
 * Places in the names, command lines and environments of the apps' processes that tell what is done: an app could send
 * any of it as telemetry. What keeps the apps (edges, store, third party) sends none. Linux only; elsewhere empty.
 */
export async function processLeaks(processes: readonly OwnedProcess[], secrets: Secrets): Promise<Leak[]> {
  if (process.platform !== "linux") return [];
  const pattern = scanPattern(secrets);
  const apps = processes.filter(({ what }) => APPS.some((app) => what.startsWith(app)));
  const found = await Promise.all(apps.map((owned) => leaksOfProcess(owned, pattern)));
  return found.flat();
}

async function leaksOfProcess(owned: OwnedProcess, pattern: RegExp): Promise<Leak[]> {
  const texts = await Promise.all(
    // It may end while it is read; what has ended tells nothing any more.
    PARTS.map((part) => readFile(`/proc/${owned.pid}/${part}`, "utf8").catch(() => "")),
  );
  if (!(await alive(owned))) return [];
  return texts.flatMap((text, i) =>
    leaksOf(text.replaceAll("\0", "\n"), pattern, { file: `${PARTS[i]} of ${owned.what}`, line: 0 }),
  );
}

/** Looks at processes again and again, and tells each place once. */
export interface Overhearing {
  look(processes: readonly OwnedProcess[]): void;
  leaks(): Promise<readonly Leak[]>;
}

export function overhear(secrets: Secrets): Overhearing {
  const looks: Promise<Leak[]>[] = [];
  return {
    look: (processes) => void looks.push(processLeaks(processes, secrets)),
    async leaks() {
      const all = (await Promise.all(looks)).flat();
      return [...new Map(all.map((one) => [`${one.file} ${one.context}`, one])).values()];
    },
  };
}
