import { once } from "node:events";
import { rename, rm, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { identify, signalProcess } from "../targets/process-identity.ts";
import type { Millis } from "../targets/target.ts";
import { Forward } from "./intent.ts";

/** Short against what users notice, long against the cost of a signal. */
const PERIOD: Millis = 100;

type Order = Extract<Forward, { readonly kind: "process.throttle" }>;

/**
 * Halts a process and lets it go on, again and again, so that it runs for a share of the time. It reads its order, one
 * line, from stdin, and answers with one line on stdout once the process is halted for the first time. However it comes
 * to its end (SIGTERM, the end of stdin, which is the death of its parent, or the time limit), the process runs on.
 */
async function act({ process: target, duty, token, record }: Order, signal: AbortSignal): Promise<void> {
  await write(record, { token, by: await identify(process.pid, `throttle of ${target.what}`) });
  const pause = (ms: Millis): Promise<unknown> => sleep(ms, undefined, { signal }).catch(() => undefined);
  let told = false;
  while (!signal.aborted && (await signalProcess(target, "SIGSTOP"))) {
    try {
      if (!told) process.stdout.write(`${JSON.stringify({ at: Date.now() })}\n`);
      told = true;
      await pause(PERIOD * (1 - duty));
    } finally {
      await signalProcess(target, "SIGCONT");
    }
    await pause(PERIOD * duty);
  }
  await rm(record, { force: true });
}

/** Whoever reads the file finds all of it or none. */
async function write(file: string, content: object): Promise<void> {
  const draft = `${file}.new`;
  await writeFile(draft, JSON.stringify(content), { mode: 0o600 });
  await rename(draft, file);
}

function orderOf(line: string): Order {
  const order = Forward.parse(JSON.parse(line));
  if (order.kind !== "process.throttle") throw new Error(`No order to throttle: ${order.kind}`);
  return order;
}

const ending = new AbortController();
const end = (): void => ending.abort();
for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(name, end);
process.stdout.on("error", () => undefined);
const input = createInterface({ input: process.stdin });
input.once("close", end);
try {
  const [line] = await once(input, "line", { signal: ending.signal });
  const order = orderOf(String(line));
  setTimeout(end, order.ttlMs);
  await act(order, ending.signal);
  process.exit(0);
} catch {
  // Its parent sees that it ended without an answer.
  process.exit(1);
}
