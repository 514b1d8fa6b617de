import { execFile } from "node:child_process";
import { relative } from "node:path";
import { promisify } from "node:util";

/** What decides what an agent says: with changes there, no commit tells what was accepted. */
const SOURCES = ["agent", "evaluator", "generator", "scenarios", "package.json", "package-lock.json"];

/** Files of the checkout at `root` that are changed or new, but for one that is about to be written. None outside a checkout. */
export async function changedFiles(root: string, besides: string): Promise<readonly string[]> {
  const asked = promisify(execFile)("git", ["status", "--porcelain", "--untracked-files=all", "--", ...SOURCES], {
    cwd: root,
  });
  const { stdout } = await asked.catch(() => ({ stdout: "" }));
  const own = relative(root, besides);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.slice(3))
    .filter((file) => file !== own);
}
