import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.ts";

/** The longest body, in bytes. */
const LONGEST = 65_536;

/** Reads a body of JSON. Rejects with Refusal when it is too long, is no JSON, or ends too early. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      length += part.length;
      if (length > LONGEST) throw new Refusal(413, `the body is longer than ${LONGEST} bytes`);
      parts.push(part);
    }
    return JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch (error) {
    throw error instanceof Refusal ? error : new Refusal(400, "the body is not JSON");
  }
}
