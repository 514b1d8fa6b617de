import type { AppId } from "../targets/target.ts";

/** A request as a user would send it. */
export interface Request {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: object;
}
/** Uniform draws for one request: which record, which user, how much. */
export interface Draws {
  readonly record: number;
  readonly user: number;
  readonly extra: number;
}
/** Draws that belong to one customer, by number; uniform. */
export type Customer = (index: number) => number;
export interface Route {
  /** `METHOD /template`, as the app names it. */
  readonly name: string;
  readonly weight: number;
  /** Whether it can name a reserved record, on which the driven app really fails. */
  readonly carries: boolean;
  make(draws: Draws, reserved: boolean): Request;
  /** The same by one customer whose text is very long to read; of routes that read free text. */
  readonly poison?: (customer: Customer) => Request;
}

/** Products and users that ordinary traffic names, and the flawed ones by the app that fails on them. */
const ORDINARY = { products: [1, 440], users: [1, 950] } as const;
const RESERVED = { orders: [481, 500], stock: [461, 480], quotes: [441, 460], users: [951, 1000] } as const;
const WORDS = ["lamp", "chair", "desk", "mug", "cable", "blanket", "kettle", "shelf", "bottle", "notebook"];
/** Eight article numbers of thirteen digits, pasted without the line breaks between them. */
const PASTED = 8 * 13;

const pick = ([from, to]: readonly [number, number], draw: number): number => from + Math.floor(draw * (to - from + 1));
const sku = (product: number): string => `sku-${String(product).padStart(4, "0")}`;
const get = (path: string): Request => ({ method: "GET", path });
const plain = (name: string, path: string, weight: number): Route => ({
  name,
  weight,
  carries: false,
  make: () => get(path),
});
const user = (d: Draws, reserved = false): number => pick(reserved ? RESERVED.users : ORDINARY.users, d.user);
const product = (d: Draws, flawed: readonly [number, number], reserved: boolean): number =>
  pick(reserved ? flawed : ORDINARY.products, d.record);
const search = (text: string, userId: number): Request => get(`/api/search?q=${text}&userId=${userId}`);
const articleNumbers = (customer: Customer): string =>
  Array.from({ length: PASTED }, (_, i) => Math.floor(10 * customer(i + 1))).join("");
const order = (userId: number, productId: number, d: Draws): object => ({
  userId,
  items: [{ productId, quantity: 1 + Math.floor(d.extra * 3) }],
});

export const ROUTES: Readonly<Record<AppId, readonly Route[]>> = {
  "otel-sample-app": [
    plain("GET /", "/", 5),
    { name: "GET /api/users", weight: 15, carries: true, make: (d, r) => get(`/api/users?id=${user(d, r)}`) },
    {
      name: "GET /api/products",
      weight: 30,
      carries: false,
      make: (d) => get(`/api/products?ids=${product(d, RESERVED.orders, false)}`),
    },
    {
      name: "GET /api/search",
      weight: 20,
      carries: false,
      make: (d) => search(WORDS[Math.floor(d.record * WORDS.length)] ?? "", user(d)),
      poison: (customer) => search(articleNumbers(customer), pick(ORDINARY.users, customer(0))),
    },
    {
      name: "POST /api/checkout",
      weight: 30,
      carries: true,
      make: (d, r) => ({
        method: "POST",
        path: "/api/checkout",
        body: order(user(d, r), product(d, RESERVED.orders, false), d),
      }),
    },
  ],
  "java-otel-sample-app": [
    plain("GET /", "/", 5),
    { name: "GET /api/users", weight: 15, carries: false, make: (d) => get(`/api/users?id=${user(d)}`) },
    {
      name: "GET /api/products",
      weight: 30,
      carries: true,
      make: (d, r) => get(`/api/products?ids=${product(d, RESERVED.orders, r)}`),
    },
    { name: "GET /api/orders", weight: 15, carries: false, make: (d) => get(`/api/orders?userId=${user(d)}`) },
    {
      name: "POST /api/orders",
      weight: 30,
      carries: true,
      make: (d, r) => ({
        method: "POST",
        path: "/api/orders",
        body: order(user(d), product(d, RESERVED.orders, r), d),
      }),
    },
    {
      name: "POST /api/refunds",
      weight: 5,
      carries: false,
      make: (d) => ({
        method: "POST",
        path: "/api/refunds",
        body: { orderId: 1 + Math.floor(d.record * 300), amount: 9.5 },
      }),
    },
  ],
  "go-otel-sample-app": [
    plain("GET /", "/", 5),
    plain("GET /api", "/api", 5),
    {
      name: "GET /api/stock/{sku}",
      weight: 60,
      carries: true,
      make: (d, r) => get(`/api/stock/${sku(product(d, RESERVED.stock, r))}`),
    },
    {
      name: "POST /api/stock/reserve",
      weight: 30,
      carries: true,
      make: (d, r) => ({
        method: "POST",
        path: "/api/stock/reserve",
        body: { sku: sku(product(d, RESERVED.stock, r)), quantity: 1 },
      }),
    },
  ],
  "sample-metrics-app": [
    plain("GET /", "/", 10),
    {
      name: "GET /api/quotes/{sku}",
      weight: 60,
      carries: true,
      make: (d, r) => get(`/api/quotes/${sku(product(d, RESERVED.quotes, r))}`),
    },
    {
      name: "POST /api/quotes",
      weight: 30,
      carries: true,
      make: (d, r) => ({ method: "POST", path: "/api/quotes", body: { skus: [sku(product(d, RESERVED.quotes, r))] } }),
    },
  ],
};
