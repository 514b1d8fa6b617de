import { Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { ROUTES } from "../traffic/routes.ts";
import type { AppId, Millis } from "./target.ts";

/** After so many requests an instance answers as fast as an old one: the JVM's compiler needs the most. */
const REQUESTS: Readonly<Record<AppId, number>> = {
  "otel-sample-app": 60,
  "java-otel-sample-app": 150,
  "go-otel-sample-app": 60,
  "sample-metrics-app": 60,
};
/** Between two requests: an instance that is warmed up must not take the machine from those who serve users. */
const REST: Millis = 15;
const ANSWERS_WITHIN: Millis = 2_000;
/** A slow instance is warm enough then. */
const LIMIT: Millis = 10_000;
/** Steps whose multiples cover [0, 1) evenly, and differently for each draw. */
const STEPS = { record: 0.618034, user: 0.754878, extra: 0.569841 };

/**
 * Asks an instance, past the network edges, for what its users ask for: reading requests of all its routes, one at a
 * time, each once the one before is answered. What it answers does not matter. Rejects only when the signal aborts.
 */
export async function warmUp(app: AppId, port: number, signal: AbortSignal): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const until = performance.now() + LIMIT;
  try {
    for (const path of readingPaths(app, REQUESTS[app])) {
      if (performance.now() > until) return;
      await ask({ agent, port, path }, signal);
      await sleep(REST, undefined, { signal });
    }
  } finally {
    agent.destroy();
  }
}

/** Paths of the app's reading routes in turn, each with other ordinary records than before; always the same ones. */
export function readingPaths(app: AppId, count: number): readonly string[] {
  const routes = ROUTES[app].filter(({ name }) => name.startsWith("GET "));
  return Array.from({ length: count }, (_, i) => {
    const draws = { record: at(i, STEPS.record), user: at(i, STEPS.user), extra: at(i, STEPS.extra) };
    return routes[i % routes.length]?.make(draws, false).path ?? "/";
  });
}

function at(i: number, step: number): number {
  return (i * step) % 1;
}

/** Resolves when the answer has been read or there is none. */
function ask(
  { agent, port, path }: { readonly agent: Agent; readonly port: number; readonly path: string },
  signal: AbortSignal,
): Promise<void> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(ANSWERS_WITHIN)]);
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port, path, agent, signal: limited }, (response) => {
      response.resume().once("close", resolve);
      response.once("error", () => resolve());
    });
    request.once("error", () => resolve());
  });
}
