import { randomBytes } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RECIPES } from "./apps/all.ts";
import { builtApp } from "./builds.ts";
import { isApp, reach, SERVICES } from "./graph.ts";
import { LocalRun } from "./local-run.ts";
import { drawSecret, drawVersion } from "./names.ts";
import { requireFree } from "./ports.ts";
import { APPS, type AppId, type StartOptions, type Target } from "./target.ts";
import { together } from "./together.ts";
import { requireToolchains } from "./toolchains.ts";

/** Longest directory below which all socket paths stay short enough for every supported system. */
const LONGEST_ROOT = 70;

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
    const artifacts = await build(options, apps, signal);
    signal.throwIfAborted();
    const run = new LocalRun({
      directory: await mkdtemp(join(tmpdir().length > LONGEST_ROOT ? "/tmp" : tmpdir(), "app-")),
      services,
      artifacts,
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

async function build(
  { cache, progress }: StartOptions,
  apps: readonly AppId[],
  signal: AbortSignal,
): Promise<ReadonlyMap<AppId, string>> {
  signal.throwIfAborted();
  const tools = await requireToolchains(apps);
  const report = (line: string): void => progress(line);
  const built = await together(
    apps.map((app) => async (inner) => {
      return [app, await builtApp(RECIPES[app], { cache, tools, progress: report }, inner)] as const;
    }),
    signal,
  );
  return new Map(built);
}

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
