import { describe, expect, it } from "vitest";
import type { Mark } from "../moments.ts";
import { flags } from "./flags.ts";
import { scale } from "./scale.ts";

const X = scale([0, 100], [0, 1000]);
const mark = (at: number, short: string, who: Mark["who"] = "agent", right: boolean | null = null): Mark => ({
  at,
  who,
  short,
  text: short,
  right,
});
const drawn = (...marks: readonly Mark[]): { rows: number[]; words: string[]; ends: string[] } => {
  const found = [...String(flags(marks, X, [0, 1000], 100).labels).matchAll(/y="(\d+)" text-anchor="(\w+)">([^<]*)</g)];
  return {
    rows: found.map(([, y]) => (Number(y) - 14) / 15),
    words: found.map(([, , , words = ""]) => words),
    ends: found.map(([, , end = ""]) => end),
  };
};

describe("flags", () => {
  it("lie in one row where there is room", () => {
    expect(drawn(mark(0, "alarm"), mark(50, "diagnosis")).rows).toEqual([0, 0]);
  });
  it("go below a label that reaches over them", () => {
    expect(drawn(mark(0, "a long label of its own"), mark(5, "alarm"), mark(6, "b", "users")).rows).toEqual([0, 1, 2]);
  });
  it("never lie across the line of a later one", () => {
    expect(drawn(mark(0, "short"), mark(4, "much longer label"), mark(9, "x")).rows).toEqual([0, 1, 2]);
  });
  it("share a label where one party speaks at one time, and say whether a diagnosis was right", () => {
    expect(drawn(mark(10, "alarm"), mark(10.2, "diagnosis", "agent", false)).words).toEqual(["◆ alarm, diagnosis ✗"]);
    expect(drawn(mark(10, "alarm"), mark(10, "injected", "drill")).words).toEqual(["◆ alarm", "▼ injected"]);
  });
  it("turn to the left at the right edge", () => {
    expect(drawn(mark(99, "all-clear")).ends).toEqual(["end"]);
  });
  it("leave out what lies outside of the time drawn, and learning anew", () => {
    expect(drawn(mark(-5, "alarm"), mark(10, "learned"), mark(50, "learned"), mark(120, "alarm")).words).toEqual([
      "◆ learned",
    ]);
  });
});
