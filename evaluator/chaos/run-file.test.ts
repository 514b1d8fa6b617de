import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { identify } from "../../generator/targets/process-identity.ts";
import { clearRunFile, type RunFile, readRunFile, removeRunFile, runningApps, writeRunFile } from "./run-file.ts";

let state = "";
let mine: RunFile;
beforeEach(async () => {
  state = mkdtempSync(join(tmpdir(), "state-"));
  mine = {
    ...{
      schema: 1,
      run: "2026-01-01T00-00-00-apps-0",
      target: "local",
      startedAt: 1,
      harness: await identify(process.pid, "apps"),
    },
    ...{ runDirectory: "/tmp/app-1", edgeSocket: "/tmp/app-1/edges.sock", operations: "/tmp/app-1/ops.sock" },
    ...{ sockets: {}, edges: ["front->tickets"], fronts: {}, processes: [], releases: [] },
    store: { host: "127.0.0.1", port: 1, database: "store", user: "postgres", password: "secret" },
  };
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

it("is found while its writer runs, and is for its owner alone", async () => {
  writeRunFile(state, mine);
  expect(await runningApps(state)).toEqual(mine);
  expect(statSync(join(state, "apps.json")).mode & 0o777).toBe(0o600);
  expect(readdirSync(state)).toEqual(["apps.json"]);
});
it("keeps its mode when it is written over one that was open to others", () => {
  writeRunFile(state, mine);
  chmodSync(join(state, "apps.json"), 0o644);
  writeRunFile(state, mine);
  expect(statSync(join(state, "apps.json")).mode & 0o777).toBe(0o600);
});
it.each([
  ["whose writer's pid is another's by now", { startTime: "1" }],
  ["of a boot before this one", { bootId: "another" }],
  ["whose writer has ended", { pid: 2 ** 22 + 1 }],
])("a file %s is passed over, and cleared away", async (_, other) => {
  writeRunFile(state, { ...mine, harness: { ...mine.harness, ...other } });
  expect(await runningApps(state)).toBeUndefined();
  expect(await clearRunFile(state)).toBe(true);
  expect(readdirSync(state)).toEqual([]);
});
it.each(["", "{", '{"schema":2}'])("a file that says %j is passed over", async (text) => {
  writeFileSync(join(state, "apps.json"), text);
  expect(await runningApps(state)).toBeUndefined();
});
it("is removed by the run that wrote it, and by no other", async () => {
  writeRunFile(state, mine);
  removeRunFile(state, "another");
  expect(await clearRunFile(state)).toBe(false);
  expect(readRunFile(state)).toBeDefined();
  removeRunFile(state, mine.run);
  expect(readRunFile(state)).toBeUndefined();
});
