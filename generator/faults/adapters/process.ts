import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { alive, endProcess, halted, signalProcess } from "../../targets/process-identity.ts";
import type { Millis, OwnedProcess } from "../../targets/target.ts";
import type { Forward, Inverse, Probe } from "../intent.ts";
import { Owned } from "../journal-record.ts";
import type { Adapter, Of } from "./adapter.ts";
import { operations as operationsAt } from "./operations.ts";
import { Gone } from "./socket.ts";

const THROTTLE = fileURLToPath(new URL("../throttle-process.ts", import.meta.url));
const STARTS_WITHIN: Millis = 10_000;
/** Its supervisor waits up to half a minute after many deaths; then a Java app starts on a busy machine. */
const RUNS_AGAIN_WITHIN: Millis = 60_000;
const LOOK: Millis = 250;
const GRACE: Millis = 1_000;
/** How often a process is looked at for one figure, and how long between two looks: not in step with its period. */
const LOOKS = 23;
const BETWEEN_LOOKS: Millis = 7;

/** Says who alternately halts a process, and in whose name. */
const Acting = z.object({ token: z.string(), by: Owned });
const Began = z.object({ at: z.number() });

type Running = Of<Probe, "process-running">;
type Throttling = Of<Forward, "process.throttle">;

/** The sudden death of one process that its supervisor starts again. */
export const kill: Adapter<Of<Forward, "process.kill">, Of<Inverse, "process.respawn">, Running> = {
  holds,
  async apply({ process: owned }) {
    if (!(await signalProcess(owned, "SIGKILL"))) throw gone(owned);
    return { acknowledgedAt: Date.now() };
  },
  async meter({ process: owned }) {
    return { "process.gone": (await alive(owned)) ? 0 : 1 };
  },
  async undo({ process: owned, operations }) {
    if (await alive(owned)) return "already";
    try {
      const { state } = operationsAt(operations);
      for (const until = performance.now() + RUNS_AGAIN_WITHIN; performance.now() < until; await sleep(LOOK)) {
        const now = (await state()).services[owned.what];
        if (now?.ready && now.pid !== owned.pid) return "restored";
      }
      return "failed";
    } catch (error) {
      // With its supervisor's end there is nobody to start it again, and nobody to want it.
      if (error instanceof Gone) return "already";
      throw error;
    }
  },
};

/** A process that may run for a share of the time only; a small process of its own holds that, and the time limit. */
export const throttle: Adapter<Throttling, Of<Inverse, "process.resume">, Running> = {
  holds,
  async apply(order) {
    const old = await acting(order.record);
    if (old?.token === order.token) await endProcess(old.by, { graceMs: GRACE });
    return { acknowledgedAt: await begin(order) };
  },
  async meter({ process: owned }) {
    let seen = 0;
    for (let look = 0; look < LOOKS; look++) {
      if (await halted(owned)) seen++;
      await sleep(BETWEEN_LOOKS);
    }
    return { "process.halted": seen / LOOKS };
  },
  async undo({ process: owned, record, token }) {
    const now = await acting(record);
    if (now !== undefined && now.token !== token) return "superseded";
    const was = now !== undefined || (await halted(owned));
    if (now !== undefined) await endProcess(now.by, { graceMs: GRACE });
    await rm(record, { force: true });
    await signalProcess(owned, "SIGCONT");
    if (await staysHalted(owned)) return "failed";
    return was ? "restored" : "already";
  },
};

/** Starts the small process and waits until it has halted the other one for the first time: Unix ms. */
async function begin(order: Throttling): Promise<Millis> {
  const child = spawn(process.execPath, [THROTTLE], { detached: true, env: {}, stdio: ["pipe", "pipe", "ignore"] });
  child.stdin.on("error", () => undefined);
  child.stdin.write(`${JSON.stringify(order)}\n`);
  const ended = once(child, "exit").then((): never => {
    throw gone(order.process);
  });
  const line = once(createInterface({ input: child.stdout }), "line", { signal: AbortSignal.timeout(STARTS_WITHIN) });
  for (const either of [ended, line]) either.catch(() => undefined);
  try {
    const [said] = await Promise.race([line, ended]);
    return Began.parse(JSON.parse(String(said))).at;
  } catch (error) {
    child.stdin.end();
    throw error;
  } finally {
    // Its stdin stays open: when this process dies, that ends too, and the other one runs on.
    child.stdout.destroy();
    child.unref();
  }
}

async function holds({ process: owned, record }: Running): Promise<boolean> {
  return (await acting(record)) === undefined && (await alive(owned)) && !(await halted(owned));
}

/** Who halts a process now, if anybody does. */
async function acting(record: string): Promise<z.infer<typeof Acting> | undefined> {
  const text = await readFile(record, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const found = Acting.parse(JSON.parse(text));
  return (await alive(found.by)) ? found : undefined;
}

async function staysHalted(owned: OwnedProcess): Promise<boolean> {
  const until = performance.now() + GRACE;
  while (await halted(owned)) {
    if (performance.now() >= until) return true;
    await sleep(BETWEEN_LOOKS);
  }
  return false;
}

function gone({ pid, what }: OwnedProcess): Error {
  return new Error(`Process ${pid} (${what}) does not run any more`);
}
