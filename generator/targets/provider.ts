import { fileURLToPath } from "node:url";
import { HarnessError } from "../harness-error.ts";
import { type Child, inWords, startChild } from "./child.ts";
import { tail } from "./log-file.ts";
import type { Ownership } from "./ownership.ts";
import { endProcess } from "./process-identity.ts";
import { answersOk } from "./readiness.ts";

export interface ProviderOptions {
  readonly directory: string;
  readonly log: string;
  readonly port: number;
  /** Path of the unix socket by which it is operated. */
  readonly socket: string;
  readonly ownership: Ownership;
}
export interface Provider extends AsyncDisposable {
  /** Resolves when the process ends, wanted or not. */
  readonly exited: Child["exited"];
}

/** Starts the third party that the quotes app asks for exchange rates, in a process without telemetry. */
export async function startProvider(options: ProviderOptions, signal: AbortSignal): Promise<Provider> {
  const program = fileURLToPath(new URL("./provider-process.ts", import.meta.url));
  const child = await startChild({
    command: process.execPath,
    args: [program, String(options.port), options.socket],
    cwd: options.directory,
    env: {},
    what: "rates-provider",
    log: options.log,
    stdin: "pipe",
  });
  const end = async (): Promise<void> => {
    if (child.owned !== undefined) await endProcess(child.owned, { graceMs: 2_000 });
  };
  const dead = new AbortController();
  void child.exited.then(() => dead.abort());
  try {
    if (child.owned !== undefined) await options.ownership.add(child.owned);
    await answersOk(options.port, "/rates?currency=EUR", AbortSignal.any([signal, dead.signal]));
  } catch (error) {
    await end();
    signal.throwIfAborted();
    if (!dead.signal.aborted) throw error;
    throw new HarnessError(
      `The rates provider ended at its start with ${inWords(await child.exited)}\n${await tail(options.log)}`,
      { hint: "Try again; `npm run doctor` checks the machine", exitCode: 3 },
    );
  }
  return { exited: child.exited, [Symbol.asyncDispose]: end };
}
