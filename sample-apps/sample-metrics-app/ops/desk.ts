import type { Board, Wanted } from "./board.ts";

/** Who the process is. */
export interface Identity {
  readonly pid: number;
  /** Start of the process, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly release: string;
}

interface Asked extends Wanted {
  readonly op?: unknown;
}

/** Carries out the request lines of the socket for operation. */
export class Desk {
  readonly #identity: Identity;
  readonly #board: Board;
  readonly #meters: () => Readonly<Record<string, number>>;

  constructor(identity: Identity, board: Board, meters: () => Readonly<Record<string, number>>) {
    this.#identity = identity;
    this.#board = board;
    this.#meters = meters;
  }

  /** The answer line to a request line. */
  answer(line: string): string {
    try {
      return JSON.stringify(this.#carryOut(asked(line)));
    } catch (error) {
      return JSON.stringify({ ok: false, error: error instanceof Error ? error.message : String(error) });
    }
  }

  #carryOut(request: Asked): object {
    switch (request.op) {
      case "hello":
        return { ok: true, ...this.#identity };
      case "meters":
        return { ok: true, meters: this.#meters() };
      case "set":
        this.#board.set(request);
        break;
      case "clear":
        this.#board.clear(request.token);
        break;
      default:
        throw new Error("unknown op");
    }
    return { ok: true, at: Date.now() };
  }
}

function asked(line: string): Asked {
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch (error) {
    throw new Error("not a request", { cause: error });
  }
  if (typeof request !== "object" || request === null || Array.isArray(request)) throw new Error("not a request");
  return request;
}
