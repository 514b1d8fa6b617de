// What one euro buys: GET /rates?currency=EUR. The same answers as the third party of a drill on one machine.
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const RATES = { EUR: 1, USD: 1.0842, GBP: 0.8571, CHF: 0.9467, DKK: 7.4604 };
const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://rates");
  const currency = (searchParams.get("currency") ?? "").toUpperCase();
  const rate = pathname === "/rates" ? RATES[currency] : undefined;
  await sleep(2);
  response.writeHead(rate === undefined ? 404 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(rate === undefined ? { error: "not found" } : { base: "EUR", currency, rate }));
});
server.keepAliveTimeout = 60_000;
process.on("SIGTERM", () => server.close(() => process.exit(0)));
server.listen(Number(process.env.PORT ?? 8070), "0.0.0.0");
