import type { Change, ClusterObject } from "../../telemetry/model.ts";

export type App = "front" | "orders" | "stock" | "quotes";
/** What happens to one way between two apps while trouble lasts. */
export interface Way {
  readonly delay?: number;
  readonly lost?: number;
  readonly reset?: number;
  readonly refused?: number;
  /** The caller asks at this port, where nobody listens. */
  readonly asked?: string;
}
/** What differs from healthy time while the drill watches. */
export interface Trouble {
  readonly load?: Partial<Record<App, number>>;
  /** Share of an app's users' requests that name records on which it fails. */
  readonly reserved?: Partial<Record<App, number>>;
  readonly ways?: Readonly<Record<string, Way>>;
  /** A share of one app's requests of one route wait so long, in ms, without working. */
  readonly hold?: { readonly app: App; readonly route: string; readonly share: number; readonly ms: number };
  /** An app's own work takes so many times longer, on one route or all. */
  readonly slow?: { readonly app: App; readonly factor: number; readonly route?: string };
  /** All requests of an app pass through one lock, held for so many ms. */
  readonly lock?: { readonly app: App; readonly ms: number };
  /** Statements on one table wait so long. */
  readonly table?: { readonly statement: string; readonly ms: number };
  /** An app is gone: it refuses connections and sends nothing. */
  readonly down?: App;
  /** The third party answers 503 to this share. */
  readonly provider?: number;
  /** Calls a request makes to its upstream, times. */
  readonly chatty?: { readonly app: App; readonly times: number };
  readonly leak?: { readonly app: App; readonly bytesPerSecond: number };
  readonly changes?: readonly Omit<Change, "at" | "arrival">[];
  readonly objects?: readonly Omit<ClusterObject, "at" | "arrival">[];
}
export interface TownOptions {
  readonly seed: number;
  readonly trouble?: Trouble;
  readonly warmUp?: number;
  readonly baseline?: number;
  readonly watch?: number;
  readonly recovery?: number;
  /** Names under which apps, the store and the third party report. */
  readonly names?: Readonly<Record<string, string>>;
  /** Size of pools. */
  readonly workers?: number;
}
/** The names that the sample apps send. */
export const NAMES: Readonly<Record<string, string>> = {
  front: "otel-sample-app",
  orders: "java-otel-sample-app",
  stock: "go-otel-sample-app",
  quotes: "sample-metrics-app",
  store: "store",
  rates: "rates-provider",
};
export const APPS: readonly App[] = ["front", "orders", "stock", "quotes"];
/** Users' routes with their shares, and the median of the app's own work in ms. */
export const ROUTES: Readonly<Record<App, readonly (readonly [string, number, number])[]>> = {
  front: [["GET /", 0.2, 1], ["GET /api/users", 0.15, 3], ["GET /api/products", 0.3, 4], ["GET /api/search", 0.2, 6], ["POST /api/checkout", 0.15, 5]],
  orders: [["GET /api/users", 0.15, 2], ["GET /api/products", 0.35, 3], ["GET /api/orders", 0.2, 2], ["POST /api/orders", 0.3, 4]],
  stock: [["GET /api", 0.1, 0.3], ["GET /api/stock/{sku}", 0.6, 0.8], ["POST /api/stock/reserve", 0.3, 1]],
  quotes: [["GET /api/quotes/{sku}", 0.6, 1.2], ["POST /api/quotes", 0.4, 2]],
}; // biome-ignore format: a table reads better than a column
/** What each route calls: `callee route` or a statement on the store. */
export const CALLS: Readonly<Record<string, readonly string[]>> = {
  "front GET /api/users": ["orders GET /api/users"],
  "front GET /api/products": ["orders GET /api/products"],
  "front POST /api/checkout": ["orders POST /api/orders"],
  "orders GET /api/users": ["store SELECT users"],
  "orders GET /api/products": ["store SELECT products", "store SELECT price_rules", "stock GET /api/stock/{sku}"],
  "orders GET /api/orders": ["store SELECT orders"],
  "orders POST /api/orders": ["stock POST /api/stock/reserve", "store SELECT products", "store INSERT orders", "store INSERT lines", "store COMMIT"],
  "stock GET /api/stock/{sku}": ["quotes GET /api/quotes/{sku}"],
  "quotes GET /api/quotes/{sku}": ["rates GET /rates"],
  "quotes POST /api/quotes": ["rates GET /rates"],
}; // biome-ignore format: a table reads better than a column
