import { mkdir, readdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { Recipe } from "./apps/recipe.ts";
import { forApps, inherited } from "./environment.ts";
import type { LaunchPlan, Place } from "./instances.ts";
import type { Database } from "./store.ts";
import type { InstanceSpec, ServiceId, TelemetryEndpoint } from "./target.ts";
import { telemetryEnvironment } from "./telemetry-environment.ts";

export interface LaunchOptions {
  readonly artifact: string;
  readonly place: Place;
  readonly spec: InstanceSpec;
  readonly database: Database;
  readonly telemetry: TelemetryEndpoint | undefined;
  /** The id of the instance that is started next. */
  nextInstance(): string;
  /** The port of the path from this app to another. */
  upstream(callee: ServiceId): number;
}

/** Lays out an instance's working directory, anew, and says what to run there at each start. */
export async function launchPlan(recipe: Recipe, options: LaunchOptions): Promise<LaunchPlan> {
  const { artifact, place, spec, database } = options;
  const { directory, sparePort } = place;
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory);
  for (const name of await readdir(artifact)) await symlink(join(artifact, name), join(directory, name));
  const site = { artifact, directory, sparePort, database, port: options.upstream };
  const { command, args, env } = await recipe.launch(site);
  const environment = {
    ...forApps(inherited(), directory),
    HOST: "127.0.0.1",
    PORT: String(place.port),
    ADMIN_SOCKET: place.socket,
    ...env,
    ...spec.settings,
  };
  return {
    environment,
    next() {
      const instance = options.nextInstance();
      const who = { app: recipe.app, version: spec.version, instance };
      // What the app or its settings say of their telemetry comes last.
      const all = { ...telemetryEnvironment(who, options.telemetry), ...environment };
      return { command: { command, args, cwd: directory, env: all }, instance };
    },
  };
}
