import { makeProduct, PRODUCT_COUNT, type Product, productNumber } from "./product.ts";
import { salesOf } from "./sales.ts";

/** A product with what was sold of it: units a day, the oldest day first. */
export interface PriceLine {
  readonly product: Product;
  readonly sales: Float64Array;
}

/** The whole price list, made at start. */
export class PriceList {
  readonly #lines: readonly PriceLine[] = Array.from({ length: PRODUCT_COUNT }, (_, index) => ({
    product: makeProduct(index + 1),
    sales: salesOf(index + 1),
  }));

  /** The line of a SKU; undefined when there is none. */
  find(sku: string): PriceLine | undefined {
    const number = productNumber(sku);
    return number === undefined ? undefined : this.#lines[number - 1];
  }
}
