import assert from "node:assert/strict";
import { test } from "node:test";
import { PriceList } from "../pricing/price-list.ts";
import { PricingDesk } from "../pricing/pricing-desk.ts";
import { quotesApi } from "./quotes-api.ts";
import { findRoute } from "./route.ts";

const desk = new PricingDesk(
  async () => 1,
  () => undefined,
);
const routes = quotesApi(new PriceList(), desk);

test("each request finds its route and what its path names", () => {
  const found = findRoute(routes, "GET", "/api/quotes/sku-0033");
  assert.equal(found?.route.template, "/api/quotes/{sku}");
  assert.deepEqual(found?.places, { sku: "sku-0033" });
  assert.equal(findRoute(routes, "GET", "/")?.route.template, "/");
  assert.equal(findRoute(routes, "POST", "/api/quotes")?.route.template, "/api/quotes");
});

test("other paths and methods have no route", () => {
  for (const path of ["/api/quotes", "/api/quotes/", "/api/quotes/a/b", "/api", "//"])
    assert.equal(findRoute(routes, "GET", path), undefined, path);
  assert.equal(findRoute(routes, "POST", "/api/quotes/sku-0033"), undefined);
  assert.equal(findRoute(routes, "DELETE", "/"), undefined);
});
