import assert from "node:assert/strict";
import { test } from "node:test";
import { forecast } from "./forecast.ts";

test("sales that never change are forecast without error", () => {
  const { level, trend, error } = forecast(new Float64Array(70).fill(12));
  assert.ok(Math.abs(level - 12) < 1e-9 && Math.abs(trend) < 1e-9 && error < 1e-9);
});

test("a week that repeats is learnt as a season, not as a trend", () => {
  const week = [10, 8, 8, 9, 14, 16, 5];
  const { level, trend, error } = forecast(Float64Array.from({ length: 140 }, (_, day) => week[day % 7] ?? 0));
  assert.ok(Math.abs(level - 10) < 1e-6 && Math.abs(trend) < 1e-6 && error < 1e-6);
});

test("sales that grow have a rising level", () => {
  const { level, trend } = forecast(Float64Array.from({ length: 200 }, (_, day) => 20 + 0.5 * day));
  assert.ok(Math.abs(trend - 0.5) < 0.1, `trend ${trend}`);
  assert.ok(Math.abs(level - 119.5) < 5, `level ${level}`);
});
