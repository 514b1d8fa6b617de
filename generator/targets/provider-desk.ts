import * as z from "zod";
import { LONGEST_TTL } from "../faults/proxy/shape.ts";

const Token = z.string().min(1).max(64);
const Command = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("hello") }),
  z.strictObject({ op: z.literal("meters") }),
  z.strictObject({
    op: z.literal("set"),
    key: z.literal("answer.status"),
    value: z.int().min(400).max(599),
    ttlMs: z.number().positive().max(LONGEST_TTL),
    token: Token.optional(),
  }),
  /** Without a token: whoever set it. */
  z.strictObject({ op: z.literal("clear"), token: Token.optional() }),
]);

interface Standing {
  readonly status: number;
  readonly token: string | undefined;
  readonly until: number;
}

/**
 * How the rates provider is operated: lines like those of the apps (`sample-apps/README.md`), with one key,
 * `answer.status`, the HTTP status with which every request for rates is refused while it stands, and one meter,
 * `answers.refused`, how many were.
 */
export class ProviderDesk {
  readonly #who: { readonly pid: number; readonly startedAt: number };
  readonly #now: () => number;
  #standing: Standing | undefined;
  #refused = 0;

  /** The clock is monotonic and counts milliseconds. */
  constructor(who: { readonly pid: number; readonly startedAt: number }, now: () => number = () => performance.now()) {
    this.#who = who;
    this.#now = now;
  }

  /** The status with which the next request is refused, which is counted; undefined when it is to be served. */
  refusal(): number | undefined {
    if (this.#standing === undefined || this.#now() >= this.#standing.until) return undefined;
    this.#refused += 1;
    return this.#standing.status;
  }

  /** The answer to one line. */
  answer(line: string): object {
    const command = parse(line);
    if (typeof command === "string") return { ok: false, error: command };
    if (command.op === "hello") return { ok: true, ...this.#who, release: "base" };
    if (command.op === "meters") return { ok: true, meters: { "answers.refused": this.#refused } };
    if (command.op === "clear") this.#clear(command.token);
    else this.#standing = { status: command.value, token: command.token, until: this.#now() + command.ttlMs };
    return { ok: true, at: Date.now() };
  }

  #clear(token: string | undefined): void {
    if (token === undefined || token === this.#standing?.token) this.#standing = undefined;
  }
}

function parse(line: string): z.infer<typeof Command> | string {
  try {
    const read = Command.safeParse(JSON.parse(line));
    return read.success ? read.data : z.prettifyError(read.error);
  } catch {
    return "not JSON";
  }
}
