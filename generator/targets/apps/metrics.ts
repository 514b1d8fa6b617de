import { copyFile, cp, link } from "node:fs/promises";
import { join } from "node:path";
import type { Recipe } from "./recipe.ts";
import { overlay, overlays } from "./releases.ts";

/** The quotes app. It runs on the Node we run on, kept with it so that the path of ours is not in its telemetry. */
export const metrics: Recipe = {
  app: "sample-metrics-app",
  name: "quotes",
  builtWith: ["npm"],
  releases: overlays,
  async build({ sources, release, out, call }) {
    await overlay(sources, release);
    await call("npm", "ci", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error");
    await cp(sources, out, { recursive: true, verbatimSymlinks: true });
    await link(process.execPath, join(out, "node")).catch(() => copyFile(process.execPath, join(out, "node")));
  },
  async launch({ artifact, port }) {
    return {
      command: join(artifact, "node"),
      args: ["main.ts"],
      env: {
        NODE_ENV: "production",
        RATES_URL: `http://127.0.0.1:${port("rates-provider")}`,
      },
    };
  },
};
