import { createServer, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * A third party that sells exchange rates: `GET /rates?currency=EUR`. It stands outside the shop: it tells nobody
 * anything about itself. Its one argument is the port. It outlives its parent for a while, as the network edges do.
 */
const PORT_TAKEN = 98;
const ORPHANED_FOR = 60_000;
const THINKING = 2;
/** What one euro buys. */
const RATES: Readonly<Record<string, number>> = { EUR: 1, USD: 1.0842, GBP: 0.8571, CHF: 0.9467, DKK: 7.4604 };

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://rates");
  if (request.method !== "GET" || pathname !== "/rates") return answer(response, 404, { error: "not found" });
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

server.on("error", (error: NodeJS.ErrnoException) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(error.code === "EADDRINUSE" ? PORT_TAKEN : 1);
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.argv[2]), "127.0.0.1");
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => process.exit(0));
process.stdin.resume().on("close", () => setTimeout(() => process.exit(0), ORPHANED_FOR));
