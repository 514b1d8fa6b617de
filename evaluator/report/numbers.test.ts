import { describe, expect, it } from "vitest";
import { clock, duration, figure, latency, percent, quantity } from "./numbers.ts";

const plain = (text: string): string => text.replaceAll("\u00a0", " ").replaceAll("\u2212", "-");

describe("numbers for people", () => {
  it.each([
    [0, "0"],
    [0.12345, "0.123"],
    [1.5, "1.5"],
    [12_345.6, "12,346"],
    [-0.0001, "0"],
    [Number.NaN, "n/a"],
  ])("figure %d", (value, text) => expect(plain(figure(value))).toBe(text));
  it.each([
    [0, "0 %"],
    [0.00001, "< 0.1 %"],
    [0.0512, "5.1 %"],
    [0.34, "34 %"],
    [0.9996, "99.96 %"],
    [0.99999, "99.99 %"],
    [1, "100 %"],
    [Number.NaN, "n/a"],
  ])("a share of %d", (value, text) => expect(plain(percent(value))).toBe(text));
  it.each([
    [9_400, "9.4 s"],
    [59_000, "59 s"],
    [59_999, "1 min"],
    [119_600, "2 min"],
    [81_000, "1 min 21 s"],
    [-1_400, "-1.4 s"],
  ])("a stretch of %d ms", (value, text) => expect(plain(duration(value))).toBe(text));
  it.each([
    [0, "0:00"],
    [65_400, "1:05"],
    [-5_000, "-0:05"],
  ])("a time of %d ms", (value, text) => expect(plain(clock(value, 0))).toBe(text));
  it.each([
    [640, "640 ms"],
    [999.9, "1,000 ms"],
    [1_310, "1.31 s"],
  ])("a wait of %d ms", (value, text) => expect(plain(latency(value))).toBe(text));
  it.each([
    [15.9, "{thread}", "15.9 threads"],
    [1, "{thread}", "1 thread"],
    [0.592, "s", "592 ms"],
    [412e6, "By", "393 MiB"],
    [0.29, "share", "29 %"],
    [0.05, "s/s", "50 ms/s"],
    [3, "furlong", "3 furlong"],
  ])("%d in %s", (value, unit, text) => expect(plain(quantity(value, unit))).toBe(text));
});
