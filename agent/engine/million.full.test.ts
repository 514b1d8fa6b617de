import { performance } from "node:perf_hooks";
import { expect, test, vi } from "vitest";
import { statistical } from "../agents/statistical.ts";
import type { LogRecord } from "../telemetry/model.ts";
import { BACK, hamlet, START, watchTold } from "./testing/hamlet.ts";
import { chance } from "./testing/random.ts";

vi.setConfig({ testTimeout: 180_000 });

const LINES = 1_000_000;
/** The machine may be busy with other things; alone it takes a third of it. */
const SECONDS = 30;

test("a million warnings of which no two are alike are read in seconds, and the cause is still found", async () => {
  const random = chance(5);
  const word = () =>
    Array.from({ length: 6 }, () => "abcdefghijklmnopqrstuvwxyz"[Math.floor(26 * random.next())]).join("");
  const logs = Array.from({ length: LINES }, (_, i): LogRecord => {
    const at = START + (i / LINES) * 170_000;
    const body = `${word()} ${word()} ${word()} ${word()} ${word()}`;
    return { at, component: BACK, instance: "back-1", severity: 13, body, attributes: {}, arrival: at + 300 };
  });
  const told = { ...hamlet(6, true), logs };
  const from = performance.now();
  const findings = await watchTold(statistical, told);
  const seconds = (performance.now() - from) / 1_000;
  process.stdout.write(`${LINES} lines: ${seconds.toFixed(1)} s\n`);
  expect(seconds).toBeLessThan(SECONDS);
  const last = findings.findLast((one) => one.kind === "diagnosis");
  expect(last?.kind === "diagnosis" ? last.hypotheses[0]?.component : undefined).toBe(BACK);
});
