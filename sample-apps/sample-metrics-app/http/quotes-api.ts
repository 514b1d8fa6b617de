import { setImmediate as otherRequests } from "node:timers/promises";
import type { PriceLine, PriceList } from "../pricing/price-list.ts";
import type { PricingDesk } from "../pricing/pricing-desk.ts";
import { PRODUCT_COUNT } from "../pricing/product.ts";
import type { Quote } from "../pricing/quote.ts";
import { json } from "./answer.ts";
import { readJson } from "./body.ts";
import { Refusal } from "./refusal.ts";
import type { Route } from "./route.ts";

/** The most quotes of one request. */
const MOST = 50;

/** The routes for users. */
export function quotesApi(list: PriceList, desk: PricingDesk): readonly Route[] {
  const lineOf = (sku: string): PriceLine => {
    const line = list.find(sku);
    if (line === undefined) throw new Refusal(404, "no such product");
    return line;
  };
  return [
    { method: "GET", template: "/", answer: () => json({ service: "quotes", products: PRODUCT_COUNT }) },
    {
      method: "GET",
      template: "/api/quotes/{sku}",
      answer: async ({ places }) => json(await desk.quote(lineOf(places["sku"] ?? ""))),
    },
    {
      method: "POST",
      template: "/api/quotes",
      answer: async ({ request }) => {
        const lines = skusIn(await readJson(request)).map(lineOf);
        const quotes: Quote[] = [];
        for (const line of lines) {
          if (quotes.length > 0) await otherRequests();
          quotes.push(await desk.quote(line));
        }
        return json({ quotes });
      },
    },
  ];
}

function skusIn(body: unknown): readonly string[] {
  const skus = typeof body === "object" && body !== null && "skus" in body ? body.skus : undefined;
  if (!Array.isArray(skus) || skus.length < 1 || skus.length > MOST || skus.some((sku) => typeof sku !== "string"))
    throw new Refusal(400, `skus must be a list of 1 to ${MOST} texts`);
  return skus;
}
