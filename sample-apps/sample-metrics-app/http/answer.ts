import type { ServerResponse } from "node:http";

/** What a request is answered with. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
}

/** An answer in JSON. */
export function json(body: object, status = 200): Answer {
  return { status, body: JSON.stringify(body), contentType: "application/json" };
}

/** The answer to a request that is not granted. */
export function problem(status: number, message: string): Answer {
  return json({ error: message, status }, status);
}

/** Sends an answer, unless the other side has gone. */
export function send(response: ServerResponse, { status, body, contentType }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": contentType, "content-length": Buffer.byteLength(body) });
  response.end(body);
}
