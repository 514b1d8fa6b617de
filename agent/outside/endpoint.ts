import { randomBytes, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Telemetry } from "../telemetry/model.ts";
import { ArgumentError, type Tool } from "../tools/tool.ts";

/** Where tools can be asked, on loopback, by who has the token. It ends with its disposal. */
export interface Endpoint extends AsyncDisposable {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  readonly token: string;
}
/** Largest body of a question, in bytes. */
const LARGEST = 64 * 1024;

class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Nothing but the tools can be reached, and through them nothing but what `telemetry` shows. */
export async function openEndpoint(telemetry: Telemetry, tools: readonly Tool[]): Promise<Endpoint> {
  const token = randomBytes(24).toString("base64url");
  const server = createServer((request, response) => {
    answer(request, token, telemetry, tools).then(
      (told) => send(response, 200, told),
      (error: unknown) => send(response, statusOf(error), { error: error instanceof Error ? error.message : "error" }),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  token: string,
  telemetry: Telemetry,
  tools: readonly Tool[],
): Promise<object> {
  if (!isToken(request.headers.authorization, token))
    throw new Refused(401, "send the token: Authorization: Bearer <token>");
  if (request.method !== "GET" && request.method !== "POST") throw new Refused(405, "GET or POST only");
  const [path = "/", query = ""] = (request.url ?? "/").split("?");
  if (path === "/" || path === "/tools") return { now: telemetry.now, tools: tools.map(described) };
  const tool = tools.find(({ name }) => path === `/tools/${name}`);
  if (tool === undefined)
    throw new Refused(404, `there is no ${path}; there are ${tools.map(({ name }) => `/tools/${name}`).join(", ")}`);
  const args = request.method === "POST" ? await bodyOf(request) : argsOf(query, tool);
  return tool.ask(args, telemetry);
}

function isToken(header: string | undefined, token: string): boolean {
  const given = Buffer.from(/^Bearer (\S+)$/i.exec(header ?? "")?.[1] ?? "");
  const right = Buffer.from(token);
  return given.length === right.length && timingSafeEqual(given, right);
}

const described = ({ name, description, arguments: schema }: Tool): object => ({
  name,
  path: `/tools/${name}`,
  description,
  arguments: schema,
});

/** `limit=10&failed=true&component=shop`: texts as they are, anything else as JSON where it is JSON. */
function argsOf(query: string, { arguments: { properties = {} } }: Tool): object {
  const given = [...new URLSearchParams(query)];
  return Object.fromEntries(given.map(([name, text]) => [name, isText(properties[name]) ? text : jsonOr(text)]));
}

function isText(schema: unknown): boolean {
  return typeof schema === "object" && schema !== null && "type" in schema && schema.type === "string";
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  // It is read to its end whatever its size: who still writes would not hear why.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LARGEST) chunks.push(chunk);
  }
  if (size > LARGEST) throw new Refused(413, `a question has at most ${LARGEST} bytes`);
  const text = Buffer.concat(chunks).toString("utf8");
  try {
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    throw new Refused(400, "the body is not JSON");
  }
}

function statusOf(error: unknown): number {
  if (error instanceof Refused) return error.status;
  return error instanceof ArgumentError ? 400 : 500;
}

function send(response: ServerResponse, status: number, told: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(`${JSON.stringify(told)}\n`);
}
