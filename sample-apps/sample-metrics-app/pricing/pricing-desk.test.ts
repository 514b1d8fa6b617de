import assert from "node:assert/strict";
import { test } from "node:test";
import { PriceList } from "./price-list.ts";
import { PricingDesk } from "./pricing-desk.ts";
import type { Quote } from "./quote.ts";

const list = new PriceList();

function lineOf(number: number) {
  const line = list.find(`sku-${String(number).padStart(4, "0")}`);
  assert.ok(line);
  return line;
}

test("a quote is in the currency of its product, at the rate of the moment", async () => {
  const priced: Quote[] = [];
  const asked: string[] = [];
  const desk = new PricingDesk(
    async (currency) => {
      asked.push(currency);
      return 2;
    },
    (quote) => priced.push(quote),
  );
  const quote = await desk.quote(lineOf(32));
  assert.equal(quote.currency, "GBP");
  assert.deepEqual(asked, ["GBP"]);
  assert.deepEqual(priced, [quote]);
  assert.equal(quote.formatted, `£${quote.amount.toFixed(2)}`);
  const { cost, margin } = lineOf(32).product;
  assert.ok(Math.abs(quote.amount / (2 * cost * (1 + margin)) - 1) < 0.06);
});

test("the more is bought the cheaper a unit, but never below its cost", async () => {
  const desk = new PricingDesk(
    async () => 1,
    () => undefined,
  );
  for (const number of [1, 33, 250, 440, 461, 500]) {
    const { brackets, amount } = await desk.quote(lineOf(number));
    assert.equal(brackets[0]?.amount, amount);
    for (const [index, bracket] of brackets.slice(1).entries())
      assert.ok(bracket.amount <= (brackets[index]?.amount ?? 0) && bracket.from > (brackets[index]?.from ?? 0));
    assert.ok((brackets.at(-1)?.amount ?? 0) > lineOf(number).product.cost);
  }
});

test("a product of unknown currency has no quote, and no rate is asked for", async () => {
  const desk = new PricingDesk(
    () => assert.fail("asked for a rate"),
    () => undefined,
  );
  for (let number = 441; number <= 460; number++)
    await assert.rejects(desk.quote(lineOf(number)), { name: "RangeError", message: /^Invalid currency code : \d+$/ });
});
