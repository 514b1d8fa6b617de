import { join } from "node:path";
import type { Recipe } from "./recipe.ts";
import { BASE, releasesIn } from "./releases.ts";

/** The stock app. Its stack traces name no paths of the machine that built it. */
export const go: Recipe = {
  app: "go-otel-sample-app",
  name: "stock",
  builtWith: ["Go"],
  releases: (files) => releasesIn(files, /^release_(\w+)\.go$/),
  async build({ out, release, call }) {
    const tags = release === BASE ? [] : ["-tags", release];
    await call("go", "build", ...tags, "-trimpath", "-buildvcs=false", "-o", join(out, "stock"), ".");
  },
  async launch({ artifact, port }) {
    return {
      command: join(artifact, "stock"),
      args: [],
      env: {
        QUOTES_URL: `http://127.0.0.1:${port("sample-metrics-app")}`,
        OTEL_GO_X_DEPRECATED_RUNTIME_METRICS: "false",
      },
    };
  },
};
