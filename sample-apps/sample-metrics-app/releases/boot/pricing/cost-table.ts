/** Reads lines of `sku;cost in euros` into the costs by SKU. Throws on a line that is none. */
export function costTable(text: string): ReadonlyMap<string, number> {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return new Map(lines.map(costOf));
}

function costOf(line: string): [sku: string, cost: number] {
  const [, sku, cost] = /^(sku-\d{4});(\d+(?:\.\d+)?)\s*$/.exec(line) ?? [];
  if (sku === undefined || cost === undefined) throw new Error(`not a cost of a product: "${line}"`);
  return [sku, Number(cost)];
}
