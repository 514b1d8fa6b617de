import { spawnSync } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
let home = "";
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "refused-cli-"));
  await cp(join(ROOT, "reports", "example"), join(home, "run"), { recursive: true });
  const [id = ""] = await readdir(join(home, "run", "incidents"));
  const file = join(home, "run", "incidents", id, "manifest.json");
  const manifest = JSON.parse(await readFile(file, "utf8")) as object;
  await writeFile(file, JSON.stringify({ ...manifest, schemaVersion: 2 }));
});
afterAll(() => rm(home, { recursive: true }));

const run = (...args: string[]) =>
  spawnSync(process.execPath, [join(ROOT, "evaluator", "cli", "start.mjs"), ...args], {
    cwd: home,
    encoding: "utf8",
    timeout: 60_000,
  });

/** What a newer Firedrill recorded is refused by every command that scores. */
const COMMANDS: readonly (readonly [string, readonly string[]])[] = [
  ["replay", ["replay", "run"]],
  ["gate", ["gate", "--corpus", "run", "--allow-partial"]],
  ["gate self-test", ["gate", "self-test", "--corpus", "run"]],
  ["evaluate", ["evaluate", "--corpus", "run", "--out", "results"]],
]; // biome-ignore format: a table reads better than a column
it.each(COMMANDS)("%s refuses it with exit code 2, and says what and where", { timeout: 60_000 }, async (_, args) => {
  const { status, stdout, stderr } = run(...args);
  expect(stderr).toMatch(/manifest\.json is of schema version 2, and this Firedrill reads 1\nhint: a newer Firedrill/);
  expect([status, stdout]).toEqual([2, ""]);
  expect(await readdir(home)).toEqual(["run"]);
});
it("corpus verify tells of it, and goes on", { timeout: 60_000 }, () => {
  const { status, stdout } = run("corpus", "verify", "--corpus", "run");
  expect(stdout).toMatch(/^WRONG {2}\w{8} {2}refused: .*manifest\.json is of schema version 2/m);
  expect(status).toBe(99);
});
