import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { HarnessError } from "../../generator/harness-error.ts";
import type { Target } from "../../generator/targets/target.ts";

/** The target that a person's own file describes. Throws (exit 2) when there is no such file, or it exports none. */
export async function loadTarget(path: string): Promise<Target> {
  const file = resolve(path);
  await access(file).catch(() => {
    throw new HarnessError(`there is no file ${file}`, { hint: "give the path of your target's file", exitCode: 2 });
  });
  const { default: target } = (await import(pathToFileURL(file).href)) as { default?: Partial<Target> };
  if (typeof target?.start === "function" && typeof target.name === "string") return target as Target;
  throw new HarnessError(`${file} exports no target`, {
    hint: "its default export is foreign({...}) of generator/targets/foreign.ts; see ADDING.md",
    exitCode: 2,
  });
}
