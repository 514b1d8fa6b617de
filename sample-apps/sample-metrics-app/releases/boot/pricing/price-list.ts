import { readFileSync } from "node:fs";
import { costTable } from "./cost-table.ts";
import { makeProduct, PRODUCT_COUNT, type Product, productNumber } from "./product.ts";
import { salesOf } from "./sales.ts";

/** A product with what was sold of it: units a day, the oldest day first. */
export interface PriceLine {
  readonly product: Product;
  readonly sales: Float64Array;
}

/** The costs agreed with suppliers, in the working directory. */
const COST_FILE = "supplier-costs.csv";

/** The whole price list, made at start, at the costs agreed with suppliers. */
export class PriceList {
  readonly #lines: readonly PriceLine[];

  /** Throws when the file of costs is missing or makes no sense. */
  constructor() {
    const costs = costTable(readFileSync(COST_FILE, "utf8"));
    this.#lines = Array.from({ length: PRODUCT_COUNT }, (_, index) => {
      const product = makeProduct(index + 1);
      return { product: { ...product, cost: costs.get(product.sku) ?? product.cost }, sales: salesOf(index + 1) };
    });
  }

  /** The line of a SKU; undefined when there is none. */
  find(sku: string): PriceLine | undefined {
    const number = productNumber(sku);
    return number === undefined ? undefined : this.#lines[number - 1];
  }
}
