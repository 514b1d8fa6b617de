import { join } from "node:path";
import type { Recipe } from "./recipe.ts";

/** The stock app. Its stack traces name no paths of the machine that built it. */
export const go: Recipe = {
  app: "go-otel-sample-app",
  name: "stock",
  builtWith: ["Go"],
  async build({ out, call }) {
    await call("go", "build", "-trimpath", "-buildvcs=false", "-o", join(out, "stock"), ".");
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
