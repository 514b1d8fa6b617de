import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** A command line as a person types it, in a terminal of its own. */
export interface Terminal {
  /** All that it has printed so far. */
  said(): string;
  /** Waits until it has printed this; throws, with what it did print, when it ends first or takes too long. */
  saw(text: string, within?: number): Promise<void>;
  /** Ctrl-C, or another signal to all that runs in it. */
  press(signal?: NodeJS.Signals): void;
  /** Waits for its end: its exit code, or the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals>;
}

export function terminal(line: string, where: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }): Terminal {
  const child = spawn("sh", ["-c", `exec ${line}`], { ...where, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += String(chunk)));
  return {
    said: () => text,
    async saw(wanted, within = 20_000) {
      const until = performance.now() + within;
      while (!text.includes(wanted)) {
        if (over(child) || performance.now() > until) throw new Error(`"${line}" did not say "${wanted}":\n${text}`);
        await sleep(25);
      }
    },
    press(signal = "SIGINT") {
      if (child.pid !== undefined && !over(child)) process.kill(-child.pid, signal);
    },
    async ended() {
      const [code, signal] = await exited;
      return code ?? signal ?? "SIGKILL";
    },
  };
}

function over({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
