import { createServer, type Server, type Socket } from "node:net";
import { createInterface } from "node:readline";
import * as z from "zod";
import type { Link, LinkStats } from "./link.ts";
import { LONGEST_TTL, Shape } from "./shape.ts";

const Port = z.int().min(1).max(65_535);
const Token = z.string().min(1).max(64);

const Command = z.discriminatedUnion("op", [
  z.strictObject({
    op: z.literal("shape"),
    edge: z.string(),
    shape: Shape,
    /** Counted by a monotonic clock from the moment the command arrives. */
    ttlMs: z.number().positive().max(LONGEST_TTL),
    token: Token,
  }),
  /** Without an edge: all; without a token: whoever set it. */
  z.strictObject({ op: z.literal("clear"), edge: z.string().optional(), token: Token.optional() }),
  z.strictObject({ op: z.literal("stats") }),
  z.strictObject({ op: z.literal("routes"), edge: z.string(), upstreams: z.array(Port).max(64) }),
]);

/** `at` is Unix milliseconds, read after the deed. */
export type Reply =
  | { readonly ok: true; readonly at: number; readonly cleared?: number; readonly edges?: Record<string, LinkStats> }
  | { readonly ok: false; readonly error: string };

/** Newline JSON over a unix socket that only its owner may open. */
export function serveControl(links: ReadonlyMap<string, Link>, path: string): Promise<Server> {
  const server = createServer((socket) => converse(socket, links));
  const mask = process.umask(0o177);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, () => resolve(server));
    process.umask(mask);
  });
}

function converse(socket: Socket, links: ReadonlyMap<string, Link>): void {
  socket.on("error", () => socket.destroy());
  createInterface({ input: socket }).on("line", (line) => {
    if (socket.writable) socket.write(`${JSON.stringify(answer(line, links))}\n`);
  });
}

function answer(line: string, links: ReadonlyMap<string, Link>): Reply {
  const command = parse(line);
  if (typeof command === "string") return { ok: false, error: command };
  if (command.op === "stats") return { ok: true, at: Date.now(), edges: statsOf(links) };
  const chosen = command.edge === undefined ? [...links.values()] : [links.get(command.edge)];
  let cleared = 0;
  for (const link of chosen) {
    if (link === undefined) return { ok: false, error: `no edge ${command.edge}` };
    if (command.op === "routes") link.route(command.upstreams);
    else if (command.op === "clear") cleared += link.clear(command.token) ? 1 : 0;
    else if (!link.shape(command.shape, command.ttlMs, command.token)) return { ok: false, error: "shaped by another" };
  }
  return { ok: true, at: Date.now(), ...(command.op === "clear" ? { cleared } : {}) };
}

function parse(line: string): z.infer<typeof Command> | string {
  try {
    const read = Command.safeParse(JSON.parse(line));
    return read.success ? read.data : z.prettifyError(read.error);
  } catch {
    return "not JSON";
  }
}

function statsOf(links: ReadonlyMap<string, Link>): Record<string, LinkStats> {
  return Object.fromEntries([...links].map(([edge, link]) => [edge, link.stats()]));
}
