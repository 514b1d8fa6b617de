import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { CallFailure } from "../rates/call-failure.ts";
import { reportException } from "../telemetry/request-exception.ts";
import type { Scrape } from "../telemetry/scrape.ts";
import { type Answer, json, problem, send } from "./answer.ts";
import { isUnobserved, pathOf } from "./path.ts";
import { Refusal } from "./refusal.ts";
import { RequestWatch } from "./request-watch.ts";
import { findRoute, type Route } from "./route.ts";
import { nameRoute } from "./server-span.ts";

export interface HandlerOptions {
  /** The routes for users. */
  readonly routes: readonly Route[];
  readonly scrape: Scrape;
  /** Whether the start is over. */
  isReady(): boolean;
}

/** Answers every request, those of users and those of machines. */
export function newHandler({ routes, scrape, isReady }: HandlerOptions): RequestListener {
  const watch = new RequestWatch((one) => scrape.answered(one));
  return (request, response) => {
    const path = pathOf(request);
    const answer = isUnobserved(path) ? forMachines(path, scrape, isReady) : forUsers(request, response, routes, watch);
    answer.then(
      (one) => send(response, one),
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  };
}

async function forMachines(path: string, scrape: Scrape, isReady: () => boolean): Promise<Answer> {
  if (path === "/metrics") return { status: 200, body: await scrape.text(), contentType: scrape.contentType };
  return path === "/health" || isReady() ? json({ status: "ok" }) : json({ status: "starting" }, 503);
}

async function forUsers(
  request: IncomingMessage,
  response: ServerResponse,
  routes: readonly Route[],
  watch: RequestWatch,
): Promise<Answer> {
  const method = request.method ?? "GET";
  const path = pathOf(request);
  const found = findRoute(routes, method, path);
  watch.follow(response, method, found?.route.template);
  if (found === undefined) return problem(404, "no such page");
  nameRoute(method, found.route.template);
  try {
    return await found.route.answer({ request, places: found.places });
  } catch (error) {
    if (error instanceof Refusal || error instanceof CallFailure) return problem(error.status, error.message);
    reportException(error, response, method, path);
    return problem(500, "internal error");
  }
}
