import { createServer, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { serveLines } from "./line-server.ts";
import { ProviderDesk } from "./provider-desk.ts";

/**
 * A third party that sells exchange rates: `GET /rates?currency=EUR`. It stands outside the shop: it tells nobody
 * anything about itself. Its arguments are the port and the path of the unix socket by which it is operated. It
 * outlives its parent for a while, as the network edges do.
 */
const PORT_TAKEN = 98;
const ORPHANED_FOR = 60_000;
const THINKING = 2;
/** What one euro buys. */
const RATES: Readonly<Record<string, number>> = { EUR: 1, USD: 1.0842, GBP: 0.8571, CHF: 0.9467, DKK: 7.4604 };
const REFUSALS: Readonly<Record<number, string>> = { 429: "too many requests", 503: "service unavailable" };

const [port, socket = ""] = process.argv.slice(2);
const desk = new ProviderDesk({ pid: process.pid, startedAt: Math.round(performance.timeOrigin) });
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://rates");
  if (request.method !== "GET" || pathname !== "/rates") return answer(response, 404, { error: "not found" });
  const refusal = desk.refusal();
  if (refusal !== undefined) return answer(response, refusal, { error: REFUSALS[refusal] ?? "not served" });
  const currency = (searchParams.get("currency") ?? "").toUpperCase();
  const rate = RATES[currency];
  void sleep(THINKING).then(() =>
    rate === undefined
      ? answer(response, 404, { error: "unknown currency" })
      : answer(response, 200, { base: "EUR", currency, rate }),
  );
});

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function fail(error: NodeJS.ErrnoException): never {
  process.stderr.write(`${error.message}\n`);
  process.exit(error.code === "EADDRINUSE" ? PORT_TAKEN : 1);
}

process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => process.exit(0));
process.stdin.resume().on("close", () => setTimeout(() => process.exit(0), ORPHANED_FOR));
server.on("error", fail);
server.keepAliveTimeout = 60_000;
await serveLines(socket, (line) => desk.answer(line)).catch(fail);
server.listen(Number(port), "127.0.0.1");
