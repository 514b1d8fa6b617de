import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changedFiles } from "./tree.ts";

describe("changes of a checkout that no commit tells", () => {
  let root = "";
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "tree-"));
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: root, stdio: "ignore" });
    mkdirSync(join(root, "agent"));
    mkdirSync(join(root, "evaluator"));
    writeFileSync(join(root, "agent", "a.ts"), "1");
    writeFileSync(join(root, "package.json"), "{}");
    writeFileSync(join(root, "package-lock.json"), "{}");
    git("init", "-q");
    git("add", "-A");
    git("commit", "-qm", "first");
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it("are none in a clean one", async () => expect(await changedFiles(root, join(root, "x"))).toEqual([]));
  it("are files that changed and new ones, where an agent is made of them", async () => {
    writeFileSync(join(root, "agent", "a.ts"), "2");
    writeFileSync(join(root, "agent", "b.ts"), "1");
    writeFileSync(join(root, "notes.txt"), "1");
    expect(await changedFiles(root, join(root, "x"))).toEqual(["agent/a.ts", "agent/b.ts"]);
  });
  it("are not the file that is about to be written", async () => {
    const file = join(root, "evaluator", "accepted.json");
    writeFileSync(file, "{}");
    expect(await changedFiles(root, file)).not.toContain("evaluator/accepted.json");
    expect(await changedFiles(root, join(root, "x"))).toContain("evaluator/accepted.json");
  });
  it("are none where there is no checkout", async () => expect(await changedFiles(tmpdir(), "x")).toEqual([]));
});
