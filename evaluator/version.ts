import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const ROOT = join(import.meta.dirname, "..");

/** The version of Firedrill, from package.json. */
export const VERSION: string = (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string })
  .version;

/** The commit this tree stands at, null outside a checkout. */
export async function commit(): Promise<string | null> {
  const asked = promisify(execFile)("git", ["rev-parse", "--short", "HEAD"], { cwd: ROOT });
  return asked.then(
    ({ stdout }) => stdout.trim(),
    () => null,
  );
}
