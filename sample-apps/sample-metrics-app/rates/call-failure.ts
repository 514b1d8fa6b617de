import { ownPaths } from "../telemetry/exception.ts";

/** A call that was not answered within its time limit. */
export class CallTimeout extends Error {
  override readonly name = "TimeoutError";

  constructor(limitMs: number) {
    super(`rates did not answer within ${limitMs} ms`);
    this.stack = ownPaths(this.stack); // the client's span shows it as it is
  }
}

/** An answer that is no rate: its status says so, or its body. */
export class BadAnswer extends Error {
  override readonly name = "BadAnswer";
  /** The status of the answer; 200 when only the body is wrong. */
  readonly status: number;

  constructor(status: number, message = `rates answered ${status}`) {
    super(message);
    this.status = status;
  }
}

/** A rate that could not be had, after all repeats. */
export class CallFailure extends Error {
  override readonly name = "CallFailure";
  /** What the request that needed the rate is answered with: 504 for a time limit, else 502. */
  readonly status: number;

  constructor(cause: unknown) {
    super(`no rate: ${errorType(cause)}`, { cause });
    this.status = statusFor(cause);
  }
}

/** The status that a failed call leads to: 504 for a time limit, else 502. */
export function statusFor(error: unknown): number {
  return error instanceof CallTimeout ? 504 : 502;
}

/** The value of the attribute `error.type`: a status, the code of a system error, else the error's name. */
export function errorType(error: unknown): string {
  if (error instanceof BadAnswer && error.status !== 200) return String(error.status);
  const root = rootOf(error);
  if (!(root instanceof Error)) return "_OTHER";
  return "code" in root && typeof root.code === "string" ? root.code : root.name;
}

/** What an error says, with what lies at its root: `fetch` hides that. */
export function errorMessage(error: unknown): string {
  const root = rootOf(error);
  return root instanceof Error ? root.message || errorType(root) : String(root);
}

function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error;
}
