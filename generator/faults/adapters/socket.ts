import { stat } from "node:fs/promises";
import { connect } from "node:net";
import { HarnessError } from "../../harness-error.ts";

const LIMIT = 2_000;

/** Nobody listens: the process that held the value is dead, and the value with it. */
export class Gone extends Error {
  constructor(path: string) {
    super(`Nobody listens on ${path}`);
    this.name = "Gone";
  }
}

/**
 * Sends one line of JSON over a unix socket and resolves with the line that answers. Throws `Gone`; throws (exit 2) for a
 * socket that is not ours alone.
 */
export async function ask(path: string, message: object, limit = LIMIT): Promise<unknown> {
  await requireOurs(path);
  return converse(path, message, limit);
}

async function requireOurs(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new Gone(path);
  if (found.isSocket() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0) return;
  throw new HarnessError(`${path} is not a socket of this user alone`, {
    hint: "Faults touch nothing but what the run itself has started",
    exitCode: 2,
  });
}

function converse(path: string, message: object, limit: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    let answer = "";
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => fail(new Error(`No answer on ${path} within ${limit} ms`)), limit);
    socket.on("close", () => {
      clearTimeout(timer);
      reject(new Gone(path));
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      const gone = ["ENOENT", "ECONNREFUSED", "ECONNRESET", "EPIPE"].includes(error.code ?? "");
      fail(gone ? new Gone(path) : error);
    });
    socket.on("data", (chunk) => {
      answer += chunk.toString();
      const end = answer.indexOf("\n");
      if (end < 0) return;
      socket.destroy();
      try {
        resolve(JSON.parse(answer.slice(0, end)));
      } catch (error) {
        reject(error);
      }
    });
    socket.write(`${JSON.stringify(message)}\n`);
  });
}
