import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Millis } from "../../targets/target.ts";
import { journalFile } from "../journal.ts";
import { has, openIntents, parseJournal, type Record } from "../journal-record.ts";
import type { Holders } from "./holders.ts";
import type { Orders, Way } from "./victim.ts";

/** What was found when everything had been taken back. */
export interface Aftermath {
  /** From the signal until the journal was closed and the meters were clean. */
  readonly took: Millis;
  readonly records: readonly Record[];
}

const STEPS_WITHIN: Millis = 30_000;

/** Lets a harness break something that way, sends it a signal at a step, and waits until nothing is left of it. */
export async function kill(
  on: Holders,
  { way, step, signal, limit }: { way: Way; step: string; signal: "SIGKILL" | "SIGSTOP"; limit: Millis },
): Promise<Aftermath> {
  const state = join(on.orders.state, `${way} ${step} ${signal}`.replaceAll(" ", "-"));
  const orders: Orders = { ...on.orders, state, way, step };
  const script = join(import.meta.dirname, "victim.ts");
  const child = spawn(process.execPath, [script, JSON.stringify(orders)], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [said] = await once(child.stdout, "data", { signal: AbortSignal.timeout(STEPS_WITHIN) });
    if (String(said) !== "stopped\n") throw new Error(`It never came to "${step}": ${said}`);
    const from = performance.now();
    child.kill(signal);
    const file = journalFile(state, "run-1");
    for (;;) {
      const records = parseJournal(await readFile(file, "utf8"), file);
      const took = performance.now() - from;
      const done = has(records, "closed") && openIntents(records).length === 0 && (await on.clean(way));
      if (done) return { took, records };
      if (took > limit) throw new Error(`Not taken back within ${limit} ms: ${records.map(({ kind }) => kind).join()}`);
      await sleep(20);
    }
  } finally {
    child.kill("SIGKILL");
    await rm(state, { recursive: true, force: true });
  }
}

/** Steps of a harness that injects `intents` writes and takes them back, each of which it may be killed at. */
export function steps(intents: number): readonly string[] {
  const each = (kind: string): string[] =>
    Array.from({ length: intents }, (_, i) => [`before ${kind} ${i + 1}`, `after ${kind} ${i + 1}`]).flat();
  return [...each("intent"), ...each("applied"), "in force", ...each("reverting"), ...each("reverted")];
}
