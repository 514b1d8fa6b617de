import type { Argv } from "yargs";

/** A command: what it is called, what it takes, what it does; the handler answers with the exit code. */
export interface Command {
  readonly command: string;
  readonly describe: string;
  /** Ctrl-C is how it ends: its own exit code counts, and not 130. */
  readonly endsByInterrupt?: true;
  builder(yargs: Argv): Argv;
  handler(argv: Record<string, unknown>, signal: AbortSignal): Promise<number>;
}

/** The state and cache folders of this machine, from the environment; only the command line reads it. */
export interface Places {
  /** Journals of running drills: one place a machine, mode 0700. */
  readonly state: string;
}
