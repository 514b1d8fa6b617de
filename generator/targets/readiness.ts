import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Millis } from "./target.ts";

const POLL: Millis = 50;
const ANSWER_LIMIT: Millis = 2_000;

/** Asks a path again and again until it answers 200; rejects only when the signal does. */
export async function answersOk(port: number, path: string, signal: AbortSignal): Promise<void> {
  while ((await statusOf(port, path, signal)) !== 200) await sleep(POLL, undefined, { signal });
}

/** The status of one answer, on a connection of its own; undefined when there is none. */
function statusOf(port: number, path: string, signal: AbortSignal): Promise<number | undefined> {
  signal.throwIfAborted();
  const limited = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_LIMIT)]);
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port, path, agent: false, signal: limited }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once("error", () => resolve(undefined));
  });
}
