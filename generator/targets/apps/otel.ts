import { cp } from "node:fs/promises";
import { join } from "node:path";
import { pythonProgram } from "../programs.ts";
import type { Recipe } from "./recipe.ts";
import { overlay, overlays } from "./releases.ts";

const PIP = [
  "-m",
  "pip",
  "install",
  "--quiet",
  "--no-input",
  "--disable-pip-version-check",
  "--root-user-action=ignore",
  "--no-compile",
];
/** The copy made afterwards can round the times of the sources, so compiled files must be good without them. */
const COMPILE = ["-m", "compileall", "-q", "-j", "0", "--invalidation-mode", "unchecked-hash"];

/** The storefront. */
export const otel: Recipe = {
  app: "otel-sample-app",
  name: "storefront",
  builtWith: ["Python"],
  releases: overlays,
  async build({ sources, release, out, call }) {
    await overlay(sources, release);
    await call("python3", ...PIP, "--target", join(sources, "deps"), "--require-hashes", "-r", "requirements.txt");
    // Compiled once here, not at every start; an app must not write into what runs share.
    await call("python3", ...COMPILE, ".");
    await cp(sources, out, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  },
  async launch({ directory, port }) {
    return {
      command: await pythonProgram(),
      // without the packages that happen to be installed on the machine
      args: ["-S", "main.py"],
      env: {
        PYTHONPATH: join(directory, "deps"),
        PYTHONNOUSERSITE: "1",
        PYTHONDONTWRITEBYTECODE: "1",
        PYTHONUNBUFFERED: "1",
        ORDERS_URL: `http://127.0.0.1:${port("java-otel-sample-app")}`,
        EXPORT_DIR: join(directory, "receipts"),
        OTEL_SEMCONV_STABILITY_OPT_IN: "http",
      },
    };
  },
};
