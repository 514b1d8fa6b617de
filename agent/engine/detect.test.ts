import { expect, test } from "vitest";
import {
  componentOf,
  emptyWatch,
  type Firing,
  isQuiet,
  raise,
  type Sample,
  streamOf,
  thresholds,
  type Watch,
  watch,
} from "./detect.ts";

const sample = (z: number, signal: Sample["signal"] = "latency", userFacing = true, component = "a"): Sample => ({
  component, signal, userFacing, z,
}); // biome-ignore format: one shape

/** Feeds one stream and returns what fired in which bin. */
function feed(zs: readonly number[], signal: Sample["signal"] = "latency", bins = 24) {
  let state: Watch = emptyWatch;
  const fired: (readonly [number, Firing["lane"]])[] = [];
  zs.forEach((z, bin) => {
    const next = watch(state, bin, [sample(z, signal)], bins);
    state = next.state;
    for (const one of next.firings) fired.push([bin, one.lane]);
  });
  return { state, fired };
}

test.each(["a", "my service", "", " "])("the stream of %j tells whose it is", (component) => {
  for (const userFacing of [true, false])
    expect(componentOf(streamOf(sample(0, "latency", userFacing, component)))).toBe(component);
});

test("one bin of glaring errors is enough, of latency two within three", () => {
  expect(feed([0, 0, 7], "errors").fired).toEqual([[2, "point"]]);
  expect(feed([0, 0, 26], "latency").fired).toEqual([]);
  expect(feed([0, 26, 0, 26], "latency").fired).toEqual([[3, "point"]]);
  expect(feed([26, 0, 0, 26], "latency").fired).toEqual([]);
});

test("the fast lane wants three of five above its threshold, the newest bad too", () => {
  expect(feed([10, 0, 10, 0, 10]).fired).toEqual([[4, "fast"]]);
  expect(feed([8.9, 8.9, 8.9]).fired).toEqual([]);
  expect(feed([10, 10, 0, 0, 1]).fired).toEqual([]);
});

test("the slow lane sums what exceeds 1.5, at most 4.5 a bin", () => {
  // 4.5 a bin: 36 after 8 bins crosses 32; 31.5 after 7 does not.
  expect(feed([6, 6, 6, 6, 6, 6, 6]).fired).toEqual([]);
  expect(feed([6, 6, 6, 6, 6, 6, 6, 6]).fired).toEqual([[7, "slow"]]);
  expect(feed(Array.from({ length: 40 }, () => 1.5)).fired).toEqual([]);
  expect(feed([6, 0, 0, 0]).state.lanes.get("a latency users")).toMatchObject({ g: 0, since: undefined });
});

test("the excursion began where the sum last left 0", () => {
  const lane = feed([6, -9, 2, 3, 4]).state.lanes.get("a latency users");
  expect(lane?.since).toBe(2);
  expect(lane?.g).toBeCloseTo(0.5 + 1.5 + 2.5);
});

test("short baselines want more", () => {
  const fast = [18, 36, 60, 120].map((bins) => thresholds("latency", bins).fast);
  expect(fast).toEqual([9, 8, 7.5, 6.7]);
});

const firing = (component: string, signal: Sample["signal"], userFacing: boolean, z = 9): Firing => ({
  component, signal, userFacing, z, lane: "fast", bin: 10, since: 8,
}); // biome-ignore format: one shape
const recent = (...firings: Firing[]): Watch => ({ lanes: new Map(), recent: firings });

test("users' harm raises an alarm, a lone stream inside does not, two of one component do", () => {
  expect(raise(recent(firing("a", "latency", true)), [])?.[0]?.component).toBe("a");
  expect(raise(recent(firing("a", "latency", false)), [])).toBeUndefined();
  expect(raise(recent(firing("a", "latency", false), firing("b", "errors", false)), [])).toBeUndefined();
  expect(raise(recent(firing("a", "latency", false), firing("a", "errors", false)), [])).toHaveLength(2);
});

test("traffic never counts, nor processor and memory alone", () => {
  expect(raise(recent(firing("a", "traffic", false), firing("a", "latency", false)), [])).toBeUndefined();
  expect(raise(recent(firing("a", "cpu", false), firing("a", "memory", false)), [])).toBeUndefined();
});

test("a hard rule raises by itself; the strongest of users comes first otherwise", () => {
  const rule = { ...firing("b", "object", false, 100), lane: "rule" as const };
  expect(raise(recent(firing("a", "latency", true)), [rule])?.[0]?.component).toBe("b");
  expect(raise(recent(firing("a", "latency", true, 9), firing("c", "errors", true, 12)), [])?.[0]?.component).toBe("c");
});

test("quiet is six bins without anything that users feel", () => {
  expect(isQuiet(feed([30, 1, 1, 1, 1, 1]).state, 6)).toBe(true);
  expect(isQuiet(feed([1, 30, 1, 1, 1, 1, 1]).state, 4)).toBe(true);
  expect(isQuiet(feed([1, 1, 1, 30, 1, 1]).state, 6)).toBe(false);
});
