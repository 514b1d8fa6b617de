import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Millis } from "../telemetry/model.ts";

/** What to run, where, with which variables, and for how long at most. */
export interface Call {
  readonly program: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly budget: Millis;
}
interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly error?: Error;
}
/** Most that it may write to stdout, in bytes. */
export const MOST = 1024 * 1024;
/** Characters of stderr that are told when it fails. */
const TAIL = 2_000;
/** From SIGTERM to SIGKILL. */
const GRACE: Millis = 2_000;
/** For what is still in the pipes when it has ended. */
const DRAIN: Millis = 1_000;

/**
 * Runs a command to its end and gives what it wrote to stdout. It leads a process group of its own, of which nothing is
 * left when this returns or throws.
 * @throws Error saying why: it could not be started, failed, took too long or said too much; on an abort the signal's reason.
 */
export async function runCommand(call: Call, input: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const { program, args, directory, environment, budget } = call;
  const child = spawn(program, args, { cwd: directory, env: environment, detached: true, stdio: "pipe" });
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()));
  using leash = leashOf(child);
  let broken: string | undefined;
  const stop = (why: string): void => {
    broken ??= why;
    leash.end();
  };
  const clock = setTimeout(() => stop(`gave no answer within ${budget / 1_000} s`), budget);
  const abort = (): void => stop("was interrupted");
  signal.addEventListener("abort", abort, { once: true });
  const said = collected(child.stdout, () => stop(`wrote more than ${MOST} bytes to stdout`));
  const complaint = tailOf(child.stderr);
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  try {
    const exit = await exitOf(child);
    leash.kill();
    await drained(child, closed);
    signal.throwIfAborted();
    broken ??= failureOf(exit);
    if (broken !== undefined) throw new Error(`the command ${broken}${complaint()}`);
    return said();
  } finally {
    clearTimeout(clock);
    signal.removeEventListener("abort", abort);
  }
}

function failureOf({ code, signal, error }: Exit): string | undefined {
  if (error) return `could not be started: ${error.message}`;
  return code === 0 ? undefined : `ended with ${signal ?? `exit code ${code}`}`;
}

function exitOf(child: ChildProcessWithoutNullStreams): Promise<Exit> {
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: null, signal: null, error }));
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
}

interface Leash extends Disposable {
  /** Asks the whole group to end, and makes it end soon after. */
  end(): void;
  kill(): void;
}

/** Also when we are made to leave at once, nothing stays behind. */
function leashOf({ pid }: ChildProcessWithoutNullStreams): Leash {
  let timer: NodeJS.Timeout | undefined;
  const kill = (): void => signalGroup(pid, "SIGKILL");
  process.once("exit", kill);
  return {
    end() {
      if (timer !== undefined) return;
      signalGroup(pid, "SIGTERM");
      timer = setTimeout(kill, GRACE);
    },
    kill,
    [Symbol.dispose]() {
      clearTimeout(timer);
      process.removeListener("exit", kill);
    },
  };
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** What left the group may hold the pipes open for ever. */
async function drained(child: ChildProcessWithoutNullStreams, closed: Promise<void>): Promise<void> {
  const late = new AbortController();
  await Promise.race([closed, sleep(DRAIN, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
  for (const stream of [child.stdout, child.stderr]) stream.destroy();
}

function collected(stream: Readable, tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > MOST) tooMuch();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString("utf8");
}

/** The end of what it complained of, in one line, for a message. */
function tailOf(stream: Readable): () => string {
  let text = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    text = (text + chunk).slice(-TAIL);
  });
  return () =>
    text.trim() === ""
      ? ""
      : `; its stderr ends with: ${text
          .trim()
          .split(/\s*\n\s*/)
          .join(" | ")}`;
}
