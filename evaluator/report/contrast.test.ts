import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** axe cannot judge text in drawings, so the colours themselves are measured: WCAG 2.2, 1.4.3 and 1.4.11. */
const sheet = (name: string): string => readFileSync(join(import.meta.dirname, "assets", `${name}.css`), "utf8");
const PAIR = /light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/;
const colours = new Map(
  [...sheet("page").matchAll(/--([a-z]+): (light-dark\([^)]*\))/g)].map(([, name = "", pair = ""]) => [name, pair]),
);
const bars = [...sheet("drawings").matchAll(/\.(?:bar\.|phase-)([a-z-]+) \{\s*fill: (light-dark\([^)]*\))/g)].map(
  ([, name = "", pair = ""]) => [name, pair] as const,
);

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, two: string, scheme: number): number {
  const [a = 0, b = 0] = [one, two].map((pair) => luminance(PAIR.exec(pair)?.[scheme] ?? "#000000"));
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
const of = (name: string): string => colours.get(name) ?? "";

describe.each([
  ["light", 1],
  ["dark", 2],
])("in the %s scheme", (_, scheme) => {
  it.each(["ink", "soft", "blue", "red", "amber", "green", "violet"])("text in %s can be read", (name) => {
    for (const ground of ["card", "ground", "wash"])
      expect(contrast(of(name), of(ground), scheme), ground).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["blue", "red", "teal", "violet", "amber", "brown"])(
    "a line in %s can be seen, also in the time of the fault",
    (name) => {
      for (const ground of ["card", "fault"])
        expect(contrast(of(name), of(ground), scheme), ground).toBeGreaterThanOrEqual(3);
    },
  );

  it("the words of bars can be read", () => {
    expect(bars.length).toBeGreaterThan(6);
    for (const [name, fill] of bars) expect(contrast(of("ink"), fill, scheme), name).toBeGreaterThanOrEqual(4.5);
  });
});
