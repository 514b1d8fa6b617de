import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { forBuilds, inherited } from "./environment.ts";
import { jdkTool } from "./toolchains.ts";

const run = promisify(execFile);

/** The real `java`: what stands in the path may be a shim that needs the whole environment, which apps do not get. */
export async function javaProgram(): Promise<string> {
  const env = forBuilds(inherited());
  const { stderr } = await run(jdkTool(env, "java"), ["-XshowSettings:properties", "-version"], { env });
  const home = stderr.match(/java\.home = (.+)/)?.[1];
  if (home === undefined) throw new Error("java does not say where it lies");
  return join(home.trim(), "bin", "java");
}

/** The real Python interpreter, for the same reason; of a virtual environment the one it was made from. */
export async function pythonProgram(): Promise<string> {
  const env = forBuilds(inherited());
  const { stdout } = await run(
    "python3",
    ["-c", "import sys; print(getattr(sys, '_base_executable', None) or sys.executable)"],
    { env },
  );
  return stdout.trim();
}
