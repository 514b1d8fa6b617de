import assert from "node:assert/strict";
import { test } from "node:test";
import { readSettings } from "./settings.ts";

test("without variables everything has its preset", () => {
  const { host, port, adminSocket, upstreamTimeoutMs, upstreamRetries } = readSettings({ PORT: "" });
  assert.deepEqual([host, port, adminSocket, upstreamTimeoutMs, upstreamRetries], ["127.0.0.1", 8000, "", 1000, 0]);
});

test("variables are read, and refused when they make no sense", () => {
  const settings = readSettings({ PORT: "9", RATES_URL: "http://rates:1/", UPSTREAM_RETRIES: "2" });
  assert.deepEqual([settings.port, settings.ratesUrl, settings.upstreamRetries], [9, "http://rates:1", 2]);
  for (const bad of [{ PORT: "x" }, { PORT: "-1" }, { UPSTREAM_TIMEOUT_MS: "1.5" }, { RATES_URL: "rates" }])
    assert.throws(() => readSettings(bad), /must be/);
});
