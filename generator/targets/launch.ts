import { mkdir, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { Recipe } from "./apps/recipe.ts";
import type { Command } from "./child.ts";
import { forApps, inherited } from "./environment.ts";
import { instanceId } from "./names.ts";
import type { Database } from "./store.ts";
import type { Supervision } from "./supervisor.ts";
import type { ServiceId, TelemetryEndpoint } from "./target.ts";
import { telemetryEnvironment } from "./telemetry-environment.ts";

export interface LaunchOptions {
  readonly artifact: string;
  readonly directory: string;
  readonly socket: string;
  readonly port: number;
  readonly sparePort: number;
  readonly database: Database;
  readonly telemetry: TelemetryEndpoint | undefined;
  readonly version: string;
  /** Of which instance ids are made. */
  readonly secret: string;
  /** The port of the path from this app to another. */
  upstream(callee: ServiceId): number;
}

/** Lays out an app's working directory and says what to run there at each start. */
export async function launchPlan(recipe: Recipe, options: LaunchOptions): Promise<Supervision["start"]> {
  const { artifact, directory, sparePort, database } = options;
  await mkdir(directory);
  for (const name of await readdir(artifact)) await symlink(join(artifact, name), join(directory, name));
  const site = { artifact, directory, sparePort, database, port: options.upstream };
  const { command, args, env } = await recipe.launch(site);
  return (nth) => {
    const instance = instanceId(options.secret, recipe.app, nth);
    const who = { app: recipe.app, version: options.version, instance };
    const run: Command = {
      command,
      args,
      cwd: directory,
      env: {
        ...forApps(inherited(), directory),
        HOST: "127.0.0.1",
        PORT: String(options.port),
        ADMIN_SOCKET: options.socket,
        ...telemetryEnvironment(who, options.telemetry),
        ...env,
      },
    };
    return { command: run, instance };
  };
}
