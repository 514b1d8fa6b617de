import { randomBytes } from "node:crypto";
import { artifacts, requireBuildable } from "./artifacts.ts";
import { isApp, reach, SERVICES } from "./graph.ts";
import { LocalRun } from "./local-run.ts";
import { drawSecret, drawVersion } from "./names.ts";
import { requireFree } from "./ports.ts";
import { makeRunDirectory } from "./run-directory.ts";
import { APPS, type AppId, type StartOptions, type Target } from "./target.ts";

/** The sample apps, a real PostgreSQL and a third party, all as processes on this machine. */
export const local: Target = {
  name: "local",
  components: SERVICES,
  async start(options, signal) {
    const services = reach(options.apps ?? APPS);
    const apps = services.filter(isApp);
    // Drawn for every app whichever are started: the same seed names the same things.
    const versions = drawVersions(options.random);
    const secret = drawSecret(options.random);
    await requireFree(fixedPorts(options, apps));
    await requireBuildable(apps, options.releases ?? []);
    const built = await artifacts(apps, options, signal);
    signal.throwIfAborted();
    const run = new LocalRun({
      directory: await makeRunDirectory(),
      services,
      artifacts: built,
      versions,
      secret,
      database: { name: "store", user: "orders", password: randomBytes(16).toString("hex") },
      options,
    });
    try {
      await run.start(signal);
      return run;
    } catch (error) {
      await run[Symbol.asyncDispose]();
      throw error;
    }
  },
};

function drawVersions(random: () => number): Readonly<Record<AppId, string>> {
  return {
    "otel-sample-app": drawVersion(random),
    "java-otel-sample-app": drawVersion(random),
    "go-otel-sample-app": drawVersion(random),
    "sample-metrics-app": drawVersion(random),
  };
}

function fixedPorts({ ports = {} }: StartOptions, apps: readonly AppId[]): Readonly<Partial<Record<AppId, number>>> {
  return Object.fromEntries(apps.flatMap((app) => (ports[app] === undefined ? [] : [[app, ports[app]]])));
}
