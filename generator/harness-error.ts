/** Exit codes of the project: 2 usage, 3 environment not ready, 4 invalid or inconclusive, 1 unexpected. */
export type ExitCode = 1 | 2 | 3 | 4;

/** A failure that a person can act on: what happened, what to do, and the exit code it means. */
export class HarnessError extends Error {
  readonly hint: string;
  readonly exitCode: ExitCode;
  constructor(message: string, options: { hint: string; exitCode: ExitCode; cause?: unknown }) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "HarnessError";
    this.hint = options.hint;
    this.exitCode = options.exitCode;
  }
}
