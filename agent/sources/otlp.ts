import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { create, toBinary, toJsonString } from "@bufbuild/protobuf";
import type { Instant } from "../telemetry/model.ts";
import { fromOtlpJson, fromProtobuf, type OtlpRequest, RESPONSES, type SignalName } from "./otlp-codec.ts";

/** Largest body, packed or unpacked. */
export const LARGEST = 64 * 1024 * 1024;
const PATHS: Readonly<Record<string, SignalName>> = {
  "/v1/traces": "traces",
  "/v1/metrics": "metrics",
  "/v1/logs": "logs",
};
const unzip = promisify(gunzip);

/** Takes one request; the arrival is the moment it was decoded. Must not wait: order of arrival is order of calls. */
export type Accept = (request: OtlpRequest, arrival: Instant) => void;
export interface OtlpCounts {
  readonly accepted: Readonly<Record<SignalName, number>>;
  readonly refused: number;
}
export interface OtlpReceiver extends AsyncDisposable {
  /** Base URL for exporters: `http://127.0.0.1:port`. */
  readonly url: string;
  counts(): OtlpCounts;
}

class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Receives OTLP over HTTP: protobuf and JSON, plain or gzip, on loopback only. */
export async function openOtlp(
  options: { readonly port?: number; readonly accept: Accept },
  signal: AbortSignal,
): Promise<OtlpReceiver> {
  signal.throwIfAborted();
  const accepted = { traces: 0, metrics: 0, logs: 0 };
  let refused = 0;
  const server = createServer((request, response) => {
    receive(request, options.accept).then(
      (one) => {
        accepted[one] += 1;
        succeed(response, one, isJson(request));
      },
      (error: unknown) => {
        refused += 1;
        refuse(response, error);
      },
    );
  });
  server.keepAliveTimeout = 60_000;
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening", { signal });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    counts: () => ({ accepted: { ...accepted }, refused }),
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function receive(request: IncomingMessage, accept: Accept): Promise<SignalName> {
  const signal = PATHS[request.url?.split("?")[0] ?? ""];
  if (signal === undefined) throw new Refused(404, "no such path");
  if (request.method !== "POST") throw new Refused(405, "POST only");
  const bytes = await unpacked(await bodyOf(request), request.headers["content-encoding"]);
  accept(decode(signal, bytes, request), Date.now());
  return signal;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST) throw new Refused(413, "body too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function unpacked(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (encoding === undefined || encoding === "identity") return body;
  if (encoding !== "gzip") throw new Refused(415, `unknown content encoding ${encoding}`);
  try {
    return await unzip(body, { maxOutputLength: LARGEST });
  } catch (error) {
    const large = error instanceof RangeError;
    throw new Refused(large ? 413 : 400, large ? "body too large" : "not gzip");
  }
}

const isJson = (request: IncomingMessage): boolean =>
  (request.headers["content-type"] ?? "").startsWith("application/json");

function decode(signal: SignalName, bytes: Buffer, request: IncomingMessage): OtlpRequest {
  try {
    return isJson(request)
      ? fromOtlpJson(signal, JSON.parse(bytes.toString("utf8")))
      : fromProtobuf(signal, new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  } catch (error) {
    throw new Refused(400, error instanceof Error ? error.message : "malformed");
  }
}

/** Success leaves `partial_success` unset, in the content type of the request. */
function succeed(response: ServerResponse, signal: SignalName, json: boolean): void {
  const schema = RESPONSES[signal];
  const type = json ? "application/json" : "application/x-protobuf";
  const body = json ? toJsonString(schema, create(schema)) : toBinary(schema, create(schema));
  response.writeHead(200, { "content-type": type }).end(body);
}

function refuse(response: ServerResponse, error: unknown): void {
  const status = error instanceof Refused ? error.status : 500;
  const message = error instanceof Error ? error.message : "error";
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ message }));
}
