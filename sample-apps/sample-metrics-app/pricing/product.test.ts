import assert from "node:assert/strict";
import { test } from "node:test";
import { makeProduct, PRODUCT_COUNT, productNumber } from "./product.ts";

test("a SKU names a product of the list or none", () => {
  assert.equal(productNumber("sku-0001"), 1);
  assert.equal(productNumber("sku-0500"), 500);
  for (const none of ["sku-0000", "sku-0501", "sku-33", "SKU-0033", "sku-0033 ", "", "33"])
    assert.equal(productNumber(none), undefined, none);
});

test("a product is a function of its number, and its SKU leads back to it", () => {
  for (let number = 1; number <= PRODUCT_COUNT; number++) {
    const product = makeProduct(number);
    assert.equal(productNumber(product.sku), number);
    assert.deepEqual(makeProduct(number), product);
    assert.ok(product.cost > 0 && product.margin > 0);
  }
});

test("the lines of the old price list keep numbers of currencies, all others codes", () => {
  for (let number = 1; number <= PRODUCT_COUNT; number++) {
    const { currency } = makeProduct(number);
    assert.match(currency, number >= 441 && number <= 460 ? /^\d{3}$/ : /^(EUR|USD|GBP|CHF|DKK)$/);
  }
});
