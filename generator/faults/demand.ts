import { HarnessError } from "../harness-error.ts";
import type { AppId, Millis } from "../targets/target.ts";
import { ROUTES } from "../traffic/routes.ts";
import type { Users } from "../traffic/users.ts";

/** Requests a second that users send to each app; doses follow from it. */
export type Rates = Readonly<Partial<Record<AppId, number>>>;

/** Long enough for the noise of arrivals to even out. */
const MEASURED: Millis = 60_000;

/** What users sent to each app in the last minute; nothing for an app with less than two bins of requests. */
export function measuredRates(users: Users, apps: Iterable<AppId>, now: Millis): Rates {
  const rates: Partial<Record<AppId, number>> = {};
  for (const app of apps) {
    const bins = users.bins(now - MEASURED, app);
    const [first, last] = [bins[0], bins.at(-1)];
    if (first === undefined || last === undefined || first === last) continue;
    // A bin tells its start alone: the last one only ends the time that is counted.
    const n = bins.slice(0, -1).reduce((sum, bin) => sum + bin.n, 0);
    rates[app] = n / ((last.from - first.from) / 1_000);
  }
  return rates;
}

/** New orders a second at the orders app: its users' own and the storefront's checkouts. */
export function orders(rates: Rates): number {
  return sent(rates, "java-otel-sample-app", "POST /api/orders") + sent(rates, "otel-sample-app", "POST /api/checkout");
}

/** Requests a second at the orders app that name a user; a checkout asks for its user and then places the order. */
export function visits(rates: Rates): number {
  const own = ["GET /api/users", "GET /api/orders", "POST /api/orders"];
  return (
    own.reduce((sum, route) => sum + sent(rates, "java-otel-sample-app", route), 0) +
    sent(rates, "otel-sample-app", "GET /api/users") +
    2 * sent(rates, "otel-sample-app", "POST /api/checkout")
  );
}

/** Looks at a product's stock a second: the users' own, and one for each request for products at the orders app. */
export function stockReads(rates: Rates): number {
  return (
    sent(rates, "go-otel-sample-app", "GET /api/stock/{sku}") +
    sent(rates, "java-otel-sample-app", "GET /api/products") +
    sent(rates, "otel-sample-app", "GET /api/products") +
    sent(rates, "otel-sample-app", "GET /api/search")
  );
}

/** Reservations of stock a second: the users' own, and one for each order. */
export function reservations(rates: Rates): number {
  return sent(rates, "go-otel-sample-app", "POST /api/stock/reserve") + orders(rates);
}

/** Checkouts a second at the storefront. */
export function checkouts(rates: Rates): number {
  return sent(rates, "otel-sample-app", "POST /api/checkout");
}

function sent(rates: Rates, app: AppId, name: string): number {
  const all = ROUTES[app].reduce((sum, route) => sum + route.weight, 0);
  const route = ROUTES[app].find((one) => one.name === name);
  if (route === undefined) throw new Error(`No route ${name} of ${app}`);
  return ((rates[app] ?? 0) * route.weight) / all;
}

/** A demand on which a dose can be based. Throws (exit 2) when there is next to none. */
export function atWork(demand: number, what: string): number {
  if (demand >= 0.1) return demand;
  throw new HarnessError(`The dose follows the load, and there are no ${what}`, {
    hint: "Let users send requests for half a minute first, or say how many a second there will be",
    exitCode: 2,
  });
}
