/** Characters of an answer as JSON, and of one text in it. */
export const MOST = 200_000;
export const LONGEST = 2_000;

export type Kept = "first" | "last";

/** At most `limit` rows and `MOST` characters of them, in their order; long texts are cut, and say so. */
export function bounded(
  rows: readonly object[],
  limit: number,
  keep: Kept = "first",
): { readonly rows: readonly object[]; readonly truncated: boolean } {
  const wanted = (keep === "first" ? rows.slice(0, limit) : rows.slice(-limit)).map((row) => shortened(row) as object);
  const sizes = wanted.map((row) => JSON.stringify(row).length + 1);
  const count = fitting(keep === "first" ? sizes : sizes.toReversed());
  const kept = keep === "first" ? wanted.slice(0, count) : wanted.slice(wanted.length - count);
  return { rows: kept, truncated: kept.length < rows.length };
}

/** How many of the first fit together. */
function fitting(sizes: readonly number[]): number {
  let left = MOST;
  const over = sizes.findIndex((size) => {
    left -= size;
    return left < 0;
  });
  return over < 0 ? sizes.length : over;
}

function shortened(value: unknown): unknown {
  if (typeof value === "string")
    return value.length <= LONGEST ? value : `${value.slice(0, LONGEST)}… (${value.length - LONGEST} more characters)`;
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}
