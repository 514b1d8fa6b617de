import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readPastRuns } from "./past-runs.ts";

// A command takes half a second alone and five on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const EXAMPLE = JSON.parse(readFileSync(join(import.meta.dirname, "../reports/example/result.json"), "utf8"));
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "reports-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: unknown): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof text === "string" ? text : JSON.stringify(text));
}
const result = (runId: string, more: object = {}): object => ({ ...EXAMPLE, runId, ...more });

test("runs and the drills of suites are read, each run once, and what is left out is counted", async () => {
  put("one/result.json", result("r1"));
  put("one-replay-statistical/result.json", result("r1", { replayed: true, investigation: { outcome: "nothing-said", named: 0, hypotheses: [], gaps: [] } })); // biome-ignore format: one line
  put("suite/suite.json", {});
  put("suite/two/result.json", result("r2"));
  put("other/result.json", result("r3", { agent: "baro" }));
  put("void/result.json", result("r4", { state: "invalid" }));
  put("broken/result.json", "{");
  put("strange/result.json", { schema: 2 });
  put("unfinished/incidents/x/manifest.json", {});
  const { runs, leftOut } = await readPastRuns(folder, "statistical");
  expect(runs.map(({ run, named }) => [run, named[0]?.component])).toEqual([
    ["r1", "java-otel-sample-app"],
    ["r2", "java-otel-sample-app"],
  ]);
  expect(leftOut).toEqual({
    "the same run again": 1,
    "by another agent": 1,
    "runs that do not count": 1,
    "not readable as a result": 2,
  });
});

function prevent(...args: string[]): { readonly code: number | null; readonly out: string } {
  const start = join(import.meta.dirname, "cli/start.mjs");
  const ran = spawnSync(process.execPath, [start, "prevent", "--reports", folder, ...args], { timeout: 60_000 });
  return { code: ran.status, out: String(ran.stdout) };
}

test("the command tells of two equal incidents, for people and as one document", () => {
  put("one/result.json", result("r1"));
  put("two/result.json", result("r2"));
  const { code, out } = prevent();
  expect(code).toBe(0);
  expect(out).toMatch(/recurring +pool-exhaustion of java-otel-sample-app was named in 2 of 2 investigations/);
  expect(out).toMatch(/fragile-edge +.*otel-sample-app suffered in 2 of them/);
  expect(out).toMatch(/in r1, r2/);
  const { found, investigations } = JSON.parse(prevent("--json").out);
  expect([investigations, found[0].runs]).toEqual([2, ["r1", "r2"]]);
});

test("a folder without results is told, not an error", () => {
  const { code, out } = prevent();
  expect(code).toBe(0);
  expect(out).toMatch(/holds no investigation by statistical yet/);
});
