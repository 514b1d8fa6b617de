/** Products on the price list; they are numbered from 1. */
export const PRODUCT_COUNT = 500;

/** One line of the price list, a function of the product number alone. */
export interface Product {
  readonly number: number;
  readonly sku: string;
  readonly name: string;
  /** The currency the product is sold in. */
  readonly currency: string;
  /** What one unit costs us, in euros. */
  readonly cost: number;
  /** What is added to the cost before any discount, as a share of it. */
  readonly margin: number;
}

/** Codes of ISO 4217, each with its number. */
const CURRENCIES = [
  { code: "EUR", isoNumber: "978" },
  { code: "USD", isoNumber: "840" },
  { code: "GBP", isoNumber: "826" },
  { code: "CHF", isoNumber: "756" },
  { code: "DKK", isoNumber: "208" },
] as const;
const GOODS = ["lamp", "chair", "kettle", "shelf", "clock", "blanket", "radio"] as const;
const FINISHES = ["oak", "steel", "linen", "glass", "cork"] as const;
/** These lines came over from the old price list, which kept the number of a currency instead of its code. */
const OLD_LINES = { first: 441, last: 460 };

/** Derives one line. */
export function makeProduct(number: number): Product {
  const { code, isoNumber } = pick(CURRENCIES, number);
  const old = number >= OLD_LINES.first && number <= OLD_LINES.last;
  return {
    number,
    sku: `sku-${String(number).padStart(4, "0")}`,
    name: `${pick(FINISHES, number)} ${pick(GOODS, number)}`,
    currency: old ? isoNumber : code,
    cost: 4 + ((number * 37) % 900) / 10,
    margin: 0.25 + ((number * 7) % 30) / 100,
  };
}

/** Reads the product number out of a SKU such as "sku-0033"; undefined for anything that is no SKU of ours. */
export function productNumber(sku: string): number | undefined {
  const number = Number(/^sku-(\d{4})$/.exec(sku)?.[1]);
  return number >= 1 && number <= PRODUCT_COUNT ? number : undefined;
}

function pick<T>(list: readonly T[], number: number): T {
  return list[number % list.length] as T;
}
