import { setTimeout as sleep } from "node:timers/promises";
import { Agent as Dispatcher, request } from "undici";
import type { Agent } from "../agent.ts";
import type { Diagnosis } from "../investigation.ts";
import { type Page, paged } from "../paged.ts";
import type { Millis, Telemetry } from "../telemetry/model.ts";
import { TOOLS } from "../tools/all.ts";
import { openSql } from "../tools/sql.ts";
import { diagnosisOf, readAnswer } from "./answer.ts";
import { openEndpoint } from "./endpoint.ts";
import { questionOf } from "./question.ts";

/** An agent that is a server of somebody else's. */
export interface HttpOptions {
  /** As tables show it. */
  readonly name: string;
  readonly url: string;
  /** Wall time it may think about one alarm. */
  readonly budget: Millis;
  /** Telemetry time from an alarm until it is asked. */
  readonly wait: Millis;
  /** Whether it is told how the statistical agent ranks the causes. */
  readonly withRanking: boolean;
}
/** Most that it may answer, in bytes. */
const MOST = 1024 * 1024;
/** Between two looks at an answer that is still being made, and before it is asked again, unless it says how long. */
const PAUSE: Millis = 500;
const BUSY = new Set([429, 503]);

/**
 * Asks a server at each alarm: the same question as a command (`question.ts`) by POST, the same answer (`answer.ts`) with
 * status 200; or 202 and, in `location`, where the answer will be. A connection that fails, 429 and 503 are tried again
 * until the budget ends. Whatever else it does wrong is thrown.
 */
export function httpAgent(options: HttpOptions): Agent {
  const name = options.withRanking ? `${options.name} (with ranking)` : options.name;
  return paged(name, (page, telemetry, signal) => ask(options, page, telemetry, signal), options.wait);
}

async function ask(options: HttpOptions, page: Page, telemetry: Telemetry, signal: AbortSignal): Promise<Diagnosis> {
  await using sql = openSql();
  await using endpoint = await openEndpoint(telemetry, [...TOOLS, sql.tool]);
  const question = questionOf(page, telemetry.now, endpoint, options);
  const late = AbortSignal.timeout(options.budget);
  const dispatcher = new Dispatcher();
  try {
    const said = await answered(options.url, JSON.stringify(question), dispatcher, AbortSignal.any([signal, late]));
    return diagnosisOf(readAnswer(said, "server"), page, telemetry.now);
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) throw new Error(`the server gave no answer within ${options.budget / 1_000} s`);
    throw error;
  } finally {
    await dispatcher.destroy();
  }
}

interface Reply {
  readonly status: number;
  readonly location: string | undefined;
  readonly pause: Millis;
  readonly body: string;
}

async function answered(asked: string, question: string, dispatcher: Dispatcher, signal: AbortSignal): Promise<string> {
  let [url, body]: [string, string | null] = [asked, question];
  for (;;) {
    const reply = await patiently(url, body, dispatcher, signal);
    if (reply.status === 200) return reply.body;
    if (reply.status !== 202) throw new Error(`the server answered with status ${reply.status}`);
    url = elsewhere(reply.location, url, body === null, asked);
    body = null;
    await sleep(reply.pause, undefined, { signal });
  }
}

/** Where the answer will be: on the same server; who was already waiting there may be told nothing new. */
function elsewhere(location: string | undefined, from: string, waiting: boolean, asked: string): string {
  if (location === undefined && waiting) return from;
  if (location === undefined) throw new Error("the server answered with status 202 and no location");
  const next = new URL(location, from);
  if (next.origin !== new URL(asked).origin) throw new Error(`the server points to another one: ${next.origin}`);
  return next.href;
}

/** One request; a POST with a body, else a GET. */
async function patiently(
  url: string,
  body: string | null,
  dispatcher: Dispatcher,
  signal: AbortSignal,
): Promise<Reply> {
  for (;;) {
    const reply = await once(url, body, dispatcher, signal).catch((error: NodeJS.ErrnoException) => {
      signal.throwIfAborted();
      if (error.code === undefined || !/^(E|UND_ERR_SOCKET)/.test(error.code)) throw error;
      return undefined;
    });
    if (reply !== undefined && !BUSY.has(reply.status)) return reply;
    await sleep(reply?.pause ?? PAUSE, undefined, { signal });
  }
}

async function once(url: string, body: string | null, dispatcher: Dispatcher, signal: AbortSignal): Promise<Reply> {
  const headers = body === null ? {} : { "content-type": "application/json" };
  const method = body === null ? "GET" : "POST";
  const reply = await request(url, { method, body, headers, dispatcher, signal, headersTimeout: 0, bodyTimeout: 0 });
  const told = Number(reply.headers["retry-after"]);
  const { location } = reply.headers;
  return {
    status: reply.statusCode,
    location: typeof location === "string" ? location : undefined,
    pause: Number.isFinite(told) && told > 0 ? told * 1_000 : PAUSE,
    body: await limited(reply.body),
  };
}

async function limited(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MOST) throw new Error(`the server answered with more than ${MOST} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
